// Passkeys: the browser makes one or shows one, and the form carries it.
// Without this the forms stay hidden, and the ways beside them work.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) =>
    c.charCodeAt(0),
  );

const text = (buffer) =>
  buffer &&
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withBytes = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

async function make({ creation_options: { publicKey } }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection: {
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
  return told(made, ["clientDataJSON", "attestationObject"]);
}

async function show({ request_options: { publicKey } }) {
  const shown = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    },
  });
  const parts = ["clientDataJSON", "authenticatorData", "signature", "userHandle"];
  return told(shown, parts);
}

function told(credential, parts) {
  const response = parts.map((name) => [name, text(credential.response[name])]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(response.filter(([, value]) => value)),
  });
}

async function options(form) {
  const kept = document.getElementById("js_data");
  if (kept) {
    return JSON.parse(kept.textContent);
  }
  const headers = { Accept: "application/json" };
  const answer = await fetch(form.action, { headers });
  return answer.json();
}

function prepare(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  const act = form.dataset.passkey === "make" ? make : show;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      form.elements.credential.value = await act(await options(form));
      form.submit();
    } catch {
      problem.hidden = false;
      problem.focus();
    }
  });
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach(prepare);
}
