// Tells how good a password is while it is typed. Without this script the forms work all the same.
"use strict";

const DELAY_MS = 300;
const WORDS = ["Very weak.", "Weak.", "Not quite.", "Good.", "Very good."];

class Feedback {
  constructor(input) {
    this.form = input.form;
    this.password = input;
    this.box = document.getElementById(input.getAttribute("aria-describedby"));
    this.meter = this.box.querySelector("meter");
    this.text = this.box.querySelector("p");
    this.hint = this.text.textContent;
    this.form.addEventListener("input", () => this.wait());
  }

  wait() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.timer = setTimeout(() => this.ask(), DELAY_MS);
  }

  async ask() {
    if (this.password.value === "") {
      this.show({ score: 0, words: this.hint });
      return;
    }
    this.asking = new AbortController();
    try {
      const response = await fetch("/password-strength", this.request());
      if (!response.ok) throw new Error(String(response.status));
      const { score, accepted, advice } = await response.json();
      this.show({ score, accepted, words: [WORDS[score], ...advice].join(" ") });
    } catch (error) {
      // A response to what is no longer in the field, or none at all: sending the form will tell.
      if (error.name !== "AbortError") this.show({ score: 0, words: "" });
    }
  }

  request() {
    return {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-csrf-token": this.form.elements.csrf.value,
      },
      body: JSON.stringify({
        password: this.password.value,
        email: this.form.elements.email?.value ?? "",
      }),
      signal: this.asking.signal,
    };
  }

  show({ score, accepted, words }) {
    this.meter.value = score;
    this.text.textContent = words;
    this.box.dataset.verdict = accepted === undefined ? "none" : accepted ? "accepted" : "rejected";
  }
}

for (const input of document.querySelectorAll("input[data-strength]")) new Feedback(input);
