// Forms marked data-draft: what is typed is kept at the server a moment later, so that no closed tab, ended session or lost line takes
// it. Nothing is kept in the browser's own stores. Where it cannot be kept it stays in the page, which says so and tries again.
const SOON = 1500, LATEST = 8000, AGAIN = 5000; // milliseconds: after the last key, after the first one, after a line that was lost
const MOST_AT_THE_END = 60000; // what a browser lets a page send while it is closed
const { officer, badges } = document.body.dataset;
const kept = new Map();

function parse(html, selector) {
  return new DOMParser().parseFromString(html, "text/html").querySelector(selector);
}

function typed(form) {
  const secret = new Set([...form.querySelectorAll("[type=password]")].map((field) => field.name));
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !secret.has(name));
}

function words(form) {
  return JSON.stringify(typed(form).filter(([name]) => !/^(draft|csrf)/.test(name)));
}

// A fresh token, if it is still the same officer who sits here: signing in again makes the page's own void.
async function renew(form) {
  const answer = await fetch(badges, { headers: { "HX-Request": "true" }, redirect: "manual" });
  const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page || page.querySelector("[data-officer]")?.dataset.officer !== officer) return false;
  for (const field of form.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = page.querySelector("[name=csrfmiddlewaretoken]").value;
  return true;
}

class Kept {
  constructor(form) {
    Object.assign(this, { form, said: form.querySelector("[data-kept]"), trouble: form.querySelector("[data-trouble]"), running: null });
    this.last = "typed" in this.said.dataset ? null : words(form); // a form that came back with something wrong is kept at once
    form.querySelector("[data-keep]").hidden = true;
    if (this.last === null) this.soon();
  }

  soon(wait = SOON) {
    this.first ??= Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), Math.max(0, Math.min(wait, this.first + LATEST - Date.now())));
  }

  stop() {
    clearTimeout(this.timer);
    this.first = undefined;
    return this.running;
  }

  keep({ leaving = false } = {}) {
    this.stop();
    const now = words(this.form);
    if (now === this.last || this.sent) return;
    if (this.running && !leaving) return void (this.once_more = true);
    this.running = this.send(now, leaving).finally(() => {
      this.running = null;
      if (this.once_more) this.soon();
      this.once_more = false;
    });
  }

  async send(now, leaving, renewed = false) {
    const body = new URLSearchParams(typed(this.form));
    const keepalive = leaving && body.toString().length < MOST_AT_THE_END;
    let answer, text;
    try {
      const address = this.form.querySelector("[data-keep]").formAction;
      answer = await fetch(address, { method: "POST", body, keepalive, headers: { "HX-Request": "true" }, redirect: "manual" });
      text = await answer.text();
      if (answer.status === 403 && !renewed && (await renew(this.form))) return this.send(now, leaving, true);
    } catch {
      return this.tell(this.said.dataset.lost, AGAIN);
    }
    if (answer.ok) return this.done(now, parse(text, "[data-version]"));
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return this.tell(this.said.dataset.ended);
    if (answer.status < 500 && answer.status !== 429) return this.tell(parse(text, "[data-problem] p")?.textContent);
    return this.tell(this.said.dataset.lost, AGAIN * 3);
  }

  done(now, said) {
    const { elements } = this.form;
    elements.draft.value = said.dataset.key;
    elements.draft_version.value = said.dataset.version;
    this.last = now;
    this.said.textContent = said.textContent;
    if (this.waits || "beside" in said.dataset) this.trouble.textContent = said.textContent; // after trouble it is said aloud as well
    else this.trouble.textContent = "";
    this.said.hidden = this.trouble.textContent !== "";
    this.waits = false;
    if (words(this.form) === now) this.form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
  }

  tell(sentence, again) {
    if (this.trouble.textContent !== sentence) this.trouble.textContent = sentence;
    this.said.hidden = this.waits = true;
    if (again) this.timer = setTimeout(() => this.keep(), again);
  }
}

function of(form) {
  if (!form?.matches?.("form[data-draft]") || !form.elements.draft_of) return undefined;
  if (!kept.has(form)) kept.set(form, new Kept(form));
  return kept.get(form);
}

for (const form of document.querySelectorAll("form[data-draft]")) of(form);
for (const kind of ["input", "change"]) document.addEventListener(kind, (event) => of(event.target.form)?.soon());
document.addEventListener("htmx:afterSettle", (event) => of(event.target.closest("form"))?.soon());

// Before it is sent, nothing of it may still be on its way to be kept.
document.addEventListener("sending", (event) => event.detail.waits.push(of(event.target)?.stop()));
document.addEventListener("submit", (event) => {
  const one = event.defaultPrevented ? undefined : of(event.target);
  if (!one) return;
  one.stop();
  one.sent = true;
});

addEventListener("pageshow", (event) => event.persisted && kept.forEach((one) => (one.sent = false)));
addEventListener("pagehide", () => kept.forEach((one) => one.keep({ leaving: true })));
addEventListener("online", () => kept.forEach((one) => one.waits && one.keep()));
document.addEventListener("visibilitychange", () => {
  kept.forEach((one) => one.keep({ leaving: document.hidden }));
});
