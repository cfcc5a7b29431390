"""Prints an export of a system, with hashes made by the library of that system if it is a Python library.

Every user has the same password. Users whose address begins with `no-` cannot be migrated.
"""

import base64
import csv
import hashlib
import io
import json
import os
import sys

import argon2
import bcrypt
import django
import passlib.hash
import werkzeug.security
from argon2.low_level import Type, hash_secret_raw
from django.conf import settings

PASSWORD = "correct horse battery staple"


def bcrypt_hash(prefix=b"2b"):
    return bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4, prefix=b"2a" if prefix == b"2a" else b"2b")).replace(
        b"$2b$", b"$" + prefix + b"$"
    ).decode()


def argon2_hash(kind=Type.ID):
    return argon2.PasswordHasher(time_cost=2, memory_cost=1024, parallelism=2, type=kind).hash(PASSWORD)


def b64(data):
    return base64.b64encode(data).decode()


def table(rows):
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def django_rows():
    hashers = ["PBKDF2PasswordHasher", "Argon2PasswordHasher", "BCryptPasswordHasher", "ScryptPasswordHasher",
               "MD5PasswordHasher", "PBKDF2SHA1PasswordHasher", "BCryptSHA256PasswordHasher"]
    settings.configure(PASSWORD_HASHERS=["django.contrib.auth.hashers." + name for name in hashers])
    django.setup()
    from django.contrib.auth.hashers import make_password

    def password(algorithm):
        return make_password(PASSWORD, hasher=algorithm)

    rows = [("pbkdf2", password("pbkdf2_sha256")), ("argon2", password("argon2")), ("bcrypt", password("bcrypt")),
            ("scrypt", password("scrypt")), ("md5", password("md5")), ("no-sha1", password("pbkdf2_sha1")),
            ("no-bcrypt-sha256", password("bcrypt_sha256")), ("no-password", make_password(None)),
            ("no-inactive", password("md5"))]
    return [
        {"id": number, "password": hashed, "last_login": "2026-01-02 03:04:05+00", "is_superuser": False,
         "username": name, "first_name": "Ada", "last_name": "Lovelace", "email": name + "@example.com",
         "is_staff": False, "is_active": name != "no-inactive", "date_joined": "2020-01-02 03:04:05+00"}
        for number, (name, hashed) in enumerate(rows, 1)
    ]


def make_django():
    return table(django_rows())


def make_django_dumpdata():
    objects = []
    for row in django_rows():
        key = row.pop("id")
        objects.append({"model": "auth.user", "pk": key, "fields": {**row, "groups": [], "user_permissions": []}})
    return json.dumps(objects)


def make_wordpress():
    phpass = passlib.hash.phpass.using(rounds=8).hash(PASSWORD)
    # WordPress 6.8 hashes an HMAC of the password, in base64.
    import hmac
    digest = b64(hmac.new(b"wp-sha384", PASSWORD.encode(), hashlib.sha384).digest())
    new = "$wp" + bcrypt.hashpw(digest.encode(), bcrypt.gensalt(4)).decode().replace("$2b$", "$2y$")
    rows = [("phpass", phpass), ("md5", hashlib.md5(PASSWORD.encode()).hexdigest()), ("bcrypt", bcrypt_hash(b"2y")),
            ("no-wp", new)]
    return table([
        {"ID": number, "user_login": name, "user_pass": hashed, "user_nicename": name,
         "user_email": name + "@example.com", "user_url": "", "user_registered": "2020-01-02 03:04:05",
         "user_activation_key": "", "user_status": 0, "display_name": "Ada Lovelace"}
        for number, (name, hashed) in enumerate(rows, 1)
    ])


def make_devise():
    return table([
        {"id": 1, "email": "confirmed@example.com", "encrypted_password": bcrypt_hash(b"2a"),
         "reset_password_token": "", "confirmed_at": "2020-01-02 03:04:05", "sign_in_count": 3,
         "first_name": "Ada", "last_name": "Lovelace"},
        {"id": 2, "email": "unconfirmed@example.com", "encrypted_password": bcrypt_hash(b"2a"), "sign_in_count": 0},
        {"id": 3, "email": "no-password@example.com", "encrypted_password": "", "sign_in_count": 0},
    ])


def make_laravel():
    rows = [("bcrypt", bcrypt_hash(b"2y"), "2020-01-02 03:04:05"), ("argon2id", argon2_hash(), "NULL"),
            ("argon2i", argon2_hash(Type.I), "NULL"), ("no-argon2d", argon2_hash(Type.D), "NULL")]
    return table([
        {"id": number, "name": "Ada Augusta Lovelace", "email": name + "@example.com", "email_verified_at": verified,
         "password": hashed, "remember_token": "t0k3n", "created_at": "2020-01-02 03:04:05"}
        for number, (name, hashed, verified) in enumerate(rows, 1)
    ])


def make_supabase():
    common = {"instance_id": "00000000-0000-0000-0000-000000000000", "aud": "authenticated", "role": "authenticated",
              "raw_app_meta_data": '{"provider": "email", "providers": ["email"]}',
              "raw_user_meta_data": '{"full_name": "Ada"}', "created_at": "2020-01-02 03:04:05+00"}
    rows = [("bcrypt", bcrypt_hash(b"2a"), {"email_confirmed_at": "2020-01-02 03:04:05+00", "phone": "12025550162",
                                            "phone_confirmed_at": "2020-01-02 03:04:05+00"}),
            ("argon2", argon2_hash(), {}),
            ("no-firebase", "$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=c2s=$c2FsdA==$aGFzaA==", {}),
            ("no-banned", bcrypt_hash(b"2a"), {"banned_until": "2099-01-01 00:00:00+00"})]
    return table([
        {"id": "00000000-0000-4000-8000-%012d" % number, "email": name + "@example.com", "encrypted_password": hashed,
         **common, **more}
        for number, (name, hashed, more) in enumerate(rows, 1)
    ])


def make_auth0():
    # The export of password hashes: one object per line.
    return "".join(json.dumps(row) + "\n" for row in [
        {"_id": {"$oid": "60425dc43519d90068f82973"}, "email_verified": True, "email": "verified@example.com",
         "passwordHash": bcrypt_hash(), "password_set_date": {"$date": "2020-01-02T03:04:05.000Z"}, "tenant": "t",
         "connection": "Username-Password-Authentication", "_tmp_is_unique": True},
        {"_id": {"$oid": "60425dc43519d90068f82974"}, "email_verified": False, "email": "unverified@example.com",
         "passwordHash": bcrypt_hash(), "tenant": "t", "connection": "c"},
    ])


def make_auth0_import():
    def custom(name, algorithm, value, salt=None, **more):
        custom = {"algorithm": algorithm, "hash": value, **({"salt": salt} if salt else {}), **more}
        return {"email": name + "@example.com", "email_verified": True, "given_name": "Ada", "family_name": "Lovelace",
                "app_metadata": {"plan": "gold"}, "user_metadata": {"theme": "dark"}, "custom_password_hash": custom}

    def digest(algorithm, before="", after=""):
        return hashlib.new(algorithm, (before + PASSWORD + after).encode())

    pbkdf2 = passlib.hash.pbkdf2_sha256.using(rounds=1000).hash(PASSWORD)
    scrypt = passlib.hash.scrypt.using(rounds=10).hash(PASSWORD)
    phc = "$pbkdf2-sha512$i=1000,l=64$" + b64(b"salt-of-16-bytes").rstrip("=") + "$" + b64(
        hashlib.pbkdf2_hmac("sha512", PASSWORD.encode(), b"salt-of-16-bytes", 1000)).rstrip("=")
    ldap = passlib.hash.ldap_sha1.hash(PASSWORD)
    rows = [
        {"email": "bcrypt@example.com", "user_id": "7", "blocked": False, "password_hash": bcrypt_hash()},
        {"email": "no-blocked@example.com", "blocked": True, "password_hash": bcrypt_hash()},
        custom("md5", "md5", {"value": digest("md5").hexdigest(), "encoding": "hex"}),
        custom("sha1", "sha1", {"value": b64(digest("sha1", before="s4lt").digest()), "encoding": "base64"},
               {"value": "s4lt", "position": "prefix"}),
        custom("sha512", "sha512", {"value": digest("sha512", after="s4lt").hexdigest(), "encoding": "hex"},
               {"value": b64(b"s4lt"), "encoding": "base64", "position": "suffix"}),
        custom("pbkdf2", "pbkdf2", {"value": pbkdf2, "encoding": "utf8"}),
        custom("pbkdf2-phc", "pbkdf2", {"value": phc, "encoding": "utf8"}),
        custom("argon2", "argon2", {"value": argon2_hash(), "encoding": "utf8"}),
        custom("scrypt", "scrypt", {"value": scrypt}, keylen=32),
        custom("no-sha256", "sha256", {"value": digest("sha256").hexdigest(), "encoding": "hex"}),
        # Bytes that are not text. passlib's salts are random, and some of them are text.
        custom("no-ldap-salt", "ldap", {"value": passlib.hash.ldap_salted_sha1.using(salt=b"\xff\xfe\xfd\xfc").hash(PASSWORD)}),
        custom("no-ucs2", "md5", {"value": digest("md5").hexdigest(), "encoding": "hex"},
               password={"encoding": "utf16le"}),
        custom("no-hmac", "hmac", {"value": "00", "encoding": "hex", "digest": "sha1"}),
        custom("ldap", "ldap", {"value": ldap}),
    ]
    return json.dumps(rows, indent=2)


def make_keycloak():
    def credential(algorithm, value, salt, iterations, more=None):
        return {"id": "c", "type": "password", "createdDate": 1,
                "secretData": json.dumps({"value": b64(value), "salt": b64(salt), "additionalParameters": {}}),
                "credentialData": json.dumps({"hashIterations": iterations, "algorithm": algorithm,
                                              "additionalParameters": more or {}})}

    def user(number, name, credentials, **more):
        return {"id": "id-%d" % number, "username": name, "email": name + "@example.com", "emailVerified": True,
                "createdTimestamp": 1, "enabled": True, "totp": False, "firstName": "Ada", "lastName": "Lovelace",
                "attributes": {"phoneNumber": ["+1202555%04d" % number], "teams": ["a", "b"], "locale": ["en"]},
                "credentials": credentials, "requiredActions": [], "realmRoles": ["editor"], "groups": [], **more}

    salt = os.urandom(16)

    def pbkdf2(digest, length):
        return hashlib.pbkdf2_hmac(digest, PASSWORD.encode(), salt, 1000, length)

    argon = hash_secret_raw(PASSWORD.encode(), salt, 2, 1024, 1, 32, Type.ID)
    parameters = {"hashLength": ["32"], "memory": ["1024"], "type": ["id"], "version": ["1.3"], "parallelism": ["1"]}
    users = [
        user(1, "sha256", [{"type": "otp"}, credential("pbkdf2-sha256", pbkdf2("sha256", 64), salt, 1000)]),
        user(2, "sha512", [credential("pbkdf2-sha512", pbkdf2("sha512", 64), salt, 1000)]),
        user(3, "argon2", [credential("argon2", argon, salt, 2, parameters)]),
        user(4, "no-sha1", [credential("pbkdf2", pbkdf2("sha1", 20), salt, 1000)]),
        user(5, "no-federated", []),
        user(6, "no-disabled", [credential("pbkdf2-sha512", pbkdf2("sha512", 64), salt, 1000)], enabled=False),
    ]
    realm = {"id": "r", "realm": "test", "roles": {"realm": [{"name": "editor"}]}, "users": users,
             "clients": [{"clientId": "account"}]}
    return json.dumps(realm, indent=2)


def make_okta():
    def user(name, **hashed):
        return {"profile": {"login": name + "@example.com", "email": name + "@example.com", "firstName": "Ada",
                            "lastName": "Lovelace", "mobilePhone": None, "department": "x"},
                "status": "ACTIVE", "credentials": {"password": {"hash": hashed}}}

    encoded = bcrypt_hash(b"2a")
    salt = b"s4lt"

    def digest(name, before=b"", after=b""):
        return b64(hashlib.new(name, before + PASSWORD.encode() + after).digest())

    pbkdf2 = hashlib.pbkdf2_hmac("sha512", PASSWORD.encode(), salt, 1000, 64)
    rows = [
        user("bcrypt", algorithm="BCRYPT", workFactor=4, salt=encoded[7:29], value=encoded[29:]),
        user("sha512", algorithm="SHA-512", salt=b64(salt), saltOrder="PREFIX", value=digest("sha512", before=salt)),
        user("sha1", algorithm="SHA-1", salt=b64(salt), saltOrder="POSTFIX", value=digest("sha1", after=salt)),
        user("md5", algorithm="MD5", value=digest("md5")),
        user("pbkdf2", algorithm="PBKDF2", digestAlgorithm="SHA512_HMAC", iterationCount=1000, keySize=64,
             salt=b64(salt), value=b64(pbkdf2)),
        user("no-sha256", algorithm="SHA-256", value=digest("sha256")),
        {"id": "00u1", "status": "ACTIVE", "profile": {"login": "no-hash@example.com"},
         "credentials": {"provider": {"type": "OKTA"}}},
        {**user("no-suspended", algorithm="MD5", value=digest("md5")), "status": "SUSPENDED"},
    ]
    return json.dumps(rows)


def make_clerk():
    rows = [("bcrypt", bcrypt_hash(), "bcrypt"), ("argon2id", argon2_hash(), "argon2id"),
            ("pbkdf2", "pbkdf2_sha256$1000$s4lt$" + b64(
                hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), b"s4lt", 1000)), "pbkdf2_sha256_django"),
            ("werkzeug", werkzeug.security.generate_password_hash(PASSWORD, "scrypt:1024:8:1"), "scrypt_werkzeug"),
            ("no-password", "", "")]
    return table([
        {"id": "user_%d" % number, "first_name": "Ada", "last_name": "Lovelace", "username": "",
         "primary_email_address": name + "@example.com", "primary_phone_number": "+1202555%04d" % number,
         "verified_email_addresses": name + "@example.com", "unverified_email_addresses": "",
         "verified_phone_numbers": "", "unverified_phone_numbers": "+1202555%04d" % number, "totp_secret": "",
         "password_digest": digest, "password_hasher": hasher}
        for number, (name, digest, hasher) in enumerate(rows, 1)
    ])


def make_workos():
    rows = [("bcrypt", bcrypt_hash(), "bcrypt"), ("argon2", argon2_hash(), "argon2"),
            ("pbkdf2", passlib.hash.pbkdf2_sha512.using(rounds=1000).hash(PASSWORD), "pbkdf2"),
            ("no-firebase", "$firebase-scrypt$hash=x", "firebase-scrypt")]
    return "".join(json.dumps(
        {"object": "user", "id": "user_%d" % number, "external_id": None if number == 1 else "x%d" % number,
         "email": name + "@example.com", "first_name": "Ada", "last_name": "Lovelace", "email_verified": True,
         "metadata": {"plan": "gold"}, "password_hash": hashed, "password_hash_type": kind}) + "\n"
        for number, (name, hashed, kind) in enumerate(rows, 1))


if __name__ == "__main__":
    sys.stdout.write(globals()["make_" + sys.argv[1]]())
