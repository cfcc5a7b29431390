//! Responds to every request with the response to `authenticate`, over TLS.
//!
//! Arguments: the protocol of HTTP to offer (`h2` or `http/1.1`), and the file to write the certificate to. Prints its
//! port. When its standard input ends, it prints the number of connections that it has accepted.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use harness::inputs::AUTHENTICATE;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let protocol = arguments.next().expect("the protocol");
    let acceptor = acceptor(protocol, &arguments.next().expect("the file for the certificate"));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("{}", listener.local_addr().expect("an address").port());
    let mut connections = 0;
    let (mut input, mut byte) = (tokio::io::stdin(), [0]);
    loop {
        tokio::select! {
            _ = input.read(&mut byte) => break,
            accepted = listener.accept() => {
                connections += 1;
                tokio::spawn(serve(accepted.expect("a connection").0, acceptor.clone()));
            }
        }
    }
    println!("{connections}");
}

/// Makes a certificate for this machine.
fn acceptor(protocol: String, file: &str) -> TlsAcceptor {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    std::fs::write(file, made.cert.pem()).expect("a file that can be written");
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder().with_no_client_auth();
    let mut config = config.with_single_cert(vec![made.cert.der().clone()], key.into()).expect("a key");
    config.alpn_protocols = vec![protocol.into_bytes()];
    TlsAcceptor::from(Arc::new(config))
}

async fn serve(stream: TcpStream, acceptor: TlsAcceptor) {
    stream.set_nodelay(true).expect("TCP has it");
    // A client closes connections that it does not need.
    let Ok(stream) = acceptor.accept(stream).await else { return };
    let builder = Builder::new(TokioExecutor::new());
    let _ = builder.serve_connection(TokioIo::new(stream), service_fn(respond)).await;
}

async fn respond(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path().to_owned();
    assert_eq!(path, "/v1/passwords/authenticate");
    let _ = request.into_body().collect().await;
    let response = Response::builder()
        .header("content-type", "application/json")
        .header("strict-transport-security", "max-age=31536000; includeSubDomains")
        .header("x-request-id", "request-id-test-7d1c6b8e-3f0c-4a51-93c4-2f4e0b2a6f11");
    Ok(response.body(Full::from(AUTHENTICATE)).expect("a response"))
}
