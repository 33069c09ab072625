// What the browser lends to the page: an installed look, light or dark.

/** Chooses light, dark, or what the device says. */
export function theme(choice) {
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  else delete document.documentElement.dataset.theme;
}

const WORKER = "/desk/service-worker.js";

/**
 * Registers the worker that keeps the page's own files. Trusted Types count a worker's address as a script:
 * the one policy that the server may allow knows this one address and no other. Where the server allows none,
 * the desk works without.
 */
export function registerWorker() {
  if (!("serviceWorker" in navigator) || !window.isSecureContext || window.top !== window) return;
  try {
    const policy = window.trustedTypes?.createPolicy("relais-worker", { createScriptURL: () => WORKER });
    const address = policy ? policy.createScriptURL("") : WORKER;
    navigator.serviceWorker
      .register(address, { scope: "/desk", updateViaCache: "none" })
      .catch(() => undefined);
  } catch {
    // No policy: no worker.
  }
}
