// A passkey as proof of one deed: the button asks the authenticator, puts its answer into the form and sends it.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function ask(given) {
  const options = given.publicKey ?? given;
  const credential = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: (options.allowCredentials ?? []).map((key) => ({ ...key, id: bytes(key.id) })),
    },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = credential.response;
  return {
    id: credential.id, rawId: text(credential.rawId), type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null, clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      authenticatorData: text(authenticatorData), clientDataJSON: text(clientDataJSON), signature: text(signature),
      userHandle: userHandle && text(userHandle),
    },
  };
}

for (const button of document.querySelectorAll("[data-passkey]")) {
  const failed = button.form.querySelector("[data-passkey-failed]");
  button.hidden = !navigator.credentials;
  button.addEventListener("click", async () => {
    failed.hidden = true;
    if (!button.form.reportValidity()) return;
    try {
      const answer = await ask(JSON.parse(document.getElementById(button.dataset.passkey).textContent));
      document.getElementById(button.dataset.passkeyInto).value = JSON.stringify(answer);
      button.form.requestSubmit();
    } catch {
      failed.hidden = false;
    }
  });
}

// allauth's own passkey buttons report here
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const failed of document.querySelectorAll("[data-passkey-failed]")) failed.hidden = false;
});
