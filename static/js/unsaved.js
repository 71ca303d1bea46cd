// Typed and not yet sent: the browser asks before the page is left. Nothing is kept in the browser's stores.
const typed = new WeakSet();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.method === "post" && event.target.matches("textarea, input:not([type=password], [type=hidden])")) typed.add(form);
});
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) typed.delete(event.target);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.detail.requestConfig.triggeringEvent?.type === "submit") typed.delete(event.detail.elt);
});
document.addEventListener("kept", (event) => typed.delete(event.target)); // js/drafts.js: it is offered again when the form is opened
addEventListener("beforeunload", (event) => {
  if ([...document.forms].some((form) => typed.has(form))) event.preventDefault();
});
