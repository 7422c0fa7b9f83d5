// The chat: words go out with a number of their own, so that sending again is harmless; messages come in as
// server-sent events, or are asked for every few seconds where those do not get through.
"use strict";

const lines = document.getElementById("lines");
const scroll = document.querySelector(".scroll");
const down = document.getElementById("down");
const offline = document.getElementById("offline");
const say = document.getElementById("say");
const press = document.getElementById("press");
const field = document.getElementById("text");
const formToken = say.elements.form_token.value;
const ASK_EVERY = 3000;
let cursor = lines.dataset.cursor;

const nearEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
const toEnd = () => { scroll.scrollTop = scroll.scrollHeight; down.hidden = true; };
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

function append(item) {
  const stay = !nearEnd() && !item.classList.contains("own");
  const before = [...lines.querySelectorAll("li[data-day]")].filter((li) => li.dataset.day).pop();
  if (item.dataset.day && (!before || before.dataset.day !== item.dataset.day)) {
    const day = document.createElement("li");
    day.className = "day";
    day.textContent = item.dataset.dayWords;
    lines.append(day);
  }
  document.querySelector(".empty")?.remove();
  lines.append(item);
  if (stay) down.hidden = false; else toEnd();
}

function receive(message) {
  cursor = String(message.cursor);
  if (document.getElementById("m" + message.row)) return;
  const template = document.createElement("template");
  template.innerHTML = message.html.trim(); // made and escaped by our own server, like the page itself
  append(template.content.firstElementChild);
}

// --- going out

async function post(fields) {
  const answer = await fetch("/chat/say", {
    method: "POST",
    headers: { Accept: "application/json", "X-Form-Token": formToken },
    body: new URLSearchParams(fields),
    redirect: "error",
  });
  if (answer.status === 401 || answer.status === 403) window.location.reload();
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function echo(words) {
  const item = document.createElement("li");
  item.className = "own pending";
  const bubble = document.createElement("div");
  bubble.className = "bubble";
  const text = document.createElement("p");
  text.textContent = words;
  bubble.append(text);
  item.append(bubble);
  append(item);
  return item;
}

async function send(words, fields, item) {
  item.classList.remove("failed");
  item.classList.add("pending");
  item.querySelector(".failure")?.remove();
  try {
    return await post(fields);
  } catch {
    item.classList.add("failed");
    const failure = document.createElement("p");
    failure.className = "failure";
    failure.setAttribute("role", "alert");
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = say.dataset.again;
    again.addEventListener("click", () => send(words, fields, item));
    failure.append(say.dataset.failed + " ", again);
    item.querySelector(".bubble").append(failure);
    return null;
  } finally {
    item.classList.remove("pending");
  }
}

say.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = field.value;
  if (!words.trim()) return;
  field.value = "";
  field.focus();
  send(words, { text: words, update: fresh() }, echo(words));
});

field.addEventListener("keydown", (event) => {
  // while Telex or VNI is composing a word, Enter belongs to the input method
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
    event.preventDefault();
    say.requestSubmit();
  }
});

press.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  if (!button || button.disabled) return;
  const choices = button.closest(".choices");
  const all = [...choices.querySelectorAll("button")];
  all.forEach((b) => { b.disabled = true; });
  const accepted = await send(button.textContent, { token: button.value, update: fresh() }, echo(button.textContent));
  if (accepted && accepted.used_up) choices.remove();
  else all.forEach((b) => { b.disabled = false; });
  field.focus({ preventScroll: true });
});

// --- coming in

async function ask() {
  try {
    const answer = await fetch("/chat/messages?after=" + cursor, { headers: { Accept: "application/json" } });
    if (answer.status === 401) return window.location.reload();
    if (answer.ok) (await answer.json()).messages.forEach(receive);
    offline.hidden = answer.ok;
  } catch {
    offline.hidden = false;
  }
  return setTimeout(ask, ASK_EVERY);
}

function listen() {
  const source = new EventSource("/chat/stream?after=" + cursor);
  source.addEventListener("message", (event) => receive(JSON.parse(event.data)));
  source.addEventListener("open", () => { offline.hidden = true; });
  source.addEventListener("error", () => {
    offline.hidden = false;
    if (source.readyState === EventSource.CLOSED) ask(); // refused, not interrupted: streams do not get through
  });
  window.addEventListener("pagehide", () => source.close());
}

scroll.addEventListener("scroll", () => { if (nearEnd()) down.hidden = true; });
down.addEventListener("click", () => { toEnd(); field.focus(); });
toEnd();
field.focus({ preventScroll: true });
field.setSelectionRange(field.value.length, field.value.length);
if (window.EventSource) listen(); else ask();
