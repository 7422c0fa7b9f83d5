// What every page has: forms that ask first, forms that take a while, and the demo's picker.
"use strict";

for (const form of document.querySelectorAll("form[data-confirm]")) {
  form.addEventListener("submit", (event) => {
    if (!window.confirm(form.dataset.confirm)) event.preventDefault();
  });
}

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const pressed = event.submitter;
    // after this turn, so that the pressed button's value still goes along
    setTimeout(() => {
      form.setAttribute("aria-busy", "true");
      if (pressed) pressed.textContent = form.dataset.busy;
      for (const button of document.querySelectorAll("form[data-busy] button")) button.disabled = true;
    });
  });
}
// a page that comes back from the browser's memory is not busy any more
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

for (const select of document.querySelectorAll("select[data-submit]")) {
  // by keyboard a choice is made with the arrow keys one by one, so only leaving the field or Enter counts
  let byKeyboard = false;
  const shown = select.value;
  const send = () => { if (select.value !== shown) select.form.requestSubmit(); };
  select.addEventListener("keydown", (event) => {
    byKeyboard = event.key !== "Enter";
    if (event.key === "Enter") send();
  });
  select.addEventListener("pointerdown", () => { byKeyboard = false; });
  select.addEventListener("change", () => { if (!byKeyboard) send(); });
  select.addEventListener("blur", send);
}

// a form that is left with something written in it asks first; Ctrl+Enter saves
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let sent = false;
  const written = () => [...form.elements].some((e) => "defaultValue" in e && e.type !== "hidden" && e.value !== e.defaultValue);
  form.addEventListener("submit", () => { sent = true; });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) form.requestSubmit(form.querySelector("button.main"));
  });
  window.addEventListener("beforeunload", (event) => { if (!sent && written()) event.preventDefault(); });
}
