// Before a form is sent, ask whether the session still stands. If it has ended, or somebody else has signed in since, the page
// stays as it is with everything typed, and says so; if it stands, the form leaves with a fresh token.
const badges = document.body.dataset.badges;
const asked = new WeakSet();

async function desk() {
  const answer = await fetch(badges, { headers: { "HX-Request": "true" }, redirect: "manual" });
  if (answer.status === 401 || answer.type === "opaqueredirect") return null;
  if (!answer.ok) throw new Error(`the desk answered ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function keep(form, why) {
  form.querySelector("[data-problem]")?.remove();
  form.prepend(document.getElementById(why).content.cloneNode(true));
  form.querySelector("[data-problem] [tabindex], [data-problem] a").focus();
}

// Whatever else this form has on its way (js/drafts.js) arrives first.
function others(form) {
  const waits = [];
  form.dispatchEvent(new CustomEvent("sending", { bubbles: true, detail: { waits } }));
  return Promise.all(waits);
}

function send(form, submitter) {
  asked.add(form);
  form.requestSubmit(submitter);
  asked.delete(form);
}

document.addEventListener("submit", async (event) => {
  const form = event.target, submitter = event.submitter;
  const method = submitter?.getAttribute("formmethod") ?? form.method;
  if (!badges || event.defaultPrevented || method !== "post" || "direct" in form.dataset || asked.has(form)) return;
  event.preventDefault();
  try {
    const [page] = await Promise.all([desk(), others(form)]);
    const officer = page?.querySelector("[data-officer]")?.dataset.officer;
    if (officer !== document.body.dataset.officer) return keep(form, "session-ended");
    const token = page.querySelector("[name=csrfmiddlewaretoken]");
    for (const field of form.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token.value;
    form.querySelector("[data-problem]")?.remove();
  } catch (error) {
    if (error instanceof TypeError) return keep(form, "line-lost"); // no line at all: to leave the page would lose what is in it
    // the desk does not answer: let the form itself find out
  }
  send(form, submitter);
});
