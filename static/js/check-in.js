// A desk of check-in: scans by camera, by typing or by name go into a queue on this device and from there to the server.
// Each scan has a random key, so one that was sent twice counts once. Without script the forms of the page do the same.
(() => {
  const desk = document.querySelector("[data-desk]");
  if (!desk || !window.localStorage || !crypto.randomUUID) return;
  const words = desk.dataset;
  const PREFIX = `check-in:${words.desk}:`;
  const BATCH = 50;
  const AGAIN_MS = 10_000;
  const PATIENCE_MS = 10_000;
  const REFRESH_MS = 30_000;
  const SAME_BADGE_MS = 4_000;
  const find = (name) => desk.querySelector(`[data-${name}]`);

  // --- What waits on this device, each scan under a key of its own so that two windows do not lose each other's.
  const waiting = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
    .map((key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } })
    .filter(Boolean).sort((one, other) => one.at.localeCompare(other.at));
  const keep = (scan) => localStorage.setItem(PREFIX + scan.key, JSON.stringify(scan));
  const drop = (key) => localStorage.removeItem(PREFIX + key);

  // --- What the person at the desk sees.
  const answer = find("answer");
  const show = (kind, name, firm, text) => {
    answer.dataset.kind = kind;
    find("answer-name").textContent = name;
    find("answer-firm").textContent = firm;
    find("answer-text").textContent = text;
    answer.hidden = false;
    navigator.vibrate?.(kind === "refused" ? [80, 60, 80] : 60);
  };
  const note = find("waiting-note");
  const showWaiting = (signedOut = false) => {
    const count = waiting().length;
    note.hidden = !count && !signedOut;
    find("sign-in").hidden = !signedOut;
    if (signedOut) showOffline(false);
    find("waiting-text").textContent = signedOut ? words.signedOut : (count === 1 ? words.waitingOne : words.waiting.replace("{n}", String(count)));
  };
  const showOffline = (off) => { find("offline-mark").hidden = !off; };

  const rows = () => [...desk.querySelectorAll("[data-person]")];
  const rowOf = (person) => rows().find((row) => row.dataset.person === String(person));
  const mark = async (code) => {
    if (!crypto.subtle) return "";
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code)));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 16);
  };
  const time = (moment = new Date()) => moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: words.zone });
  const passedAt = (row) => row?.querySelector("[data-at]").textContent ?? "";
  const setPassed = (row, at) => { if (row) row.querySelector("[data-at]").textContent = at; };

  // --- Sending.
  let once = find("send-form").elements.once.value;
  let csrf = find("send-form").elements.csrf_token.value;
  let busy = false;

  const renew = async () => {
    const response = await fetch(location.pathname, { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(PATIENCE_MS) });
    const form = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-send-form]");
    if (!form) return false;
    once = form.elements.once.value;
    csrf = form.elements.csrf_token.value;
    return true;
  };
  const post = (scans) => fetch(words.send, {
    method: "POST",
    body: new URLSearchParams({ csrf_token: csrf, once, scans: JSON.stringify(scans) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  // What was scanned a while ago and is refused now is listed: the person has gone on, and others were scanned since.
  const listRefused = (said, scan) => {
    const line = document.createElement("li");
    const at = scan ? time(new Date(scan.at)) : "";
    line.textContent = `${[at, said.name || scan?.code, said.firm].filter(Boolean).join(" · ")}: ${said.message}`;
    find("refused-list").append(line);
    find("refused").hidden = false;
  };
  const take = (said, latest) => {
    if (!said.passed && said.key !== latest) listRefused(said, waiting().find((scan) => scan.key === said.key));
    drop(said.key);
    if (said.person) setPassed(rowOf(said.person), said.at);
    // A refusal is always shown; of what passed only what was scanned just now.
    if (!said.passed) show("refused", said.name, said.firm, said.message);
    else if (said.key === latest) show("passed", said.name, said.firm, said.message);
  };
  const sendBatch = async (scans, latest) => {
    let response = await post(scans);
    // The token was used or has run out: a fresh one, and the same scans again under the same keys.
    if (response.status === 400 || response.status === 409) {
      if (!await renew()) { showWaiting(true); return false; }
      response = await post(scans);
    }
    if (response.redirected) { showWaiting(true); return false; }
    if (!response.ok) return false;
    const told = await response.json();
    once = told.once;
    told.answers.forEach((said) => take(said, latest));
    return true;
  };
  const send = async (latest = "") => {
    if (busy) return;
    busy = true;
    let sent = false;
    try {
      for (let batch = waiting().slice(0, BATCH); batch.length; batch = waiting().slice(0, BATCH)) {
        if (!await sendBatch(batch, latest)) break;
        sent = true;
        showOffline(false);
        showWaiting();
      }
    } catch {
      // No connection. Whatever was not answered is still in the queue, so it is marked as scanned offline and waits.
      showOffline(true);
      waiting().forEach((scan) => keep({ ...scan, offline: true }));
      showWaiting();
    } finally {
      busy = false;
    }
    if (sent) document.body.dispatchEvent(new Event("scans-sent"));
  };
  const scanned = async (part, row) => {
    const scan = { key: crypto.randomUUID(), at: new Date().toISOString(), offline: !navigator.onLine, ...part };
    const name = row?.querySelector("[data-name]").textContent ?? "";
    const firm = row?.querySelector("[data-firm]").textContent ?? "";
    if (!navigator.onLine && words.rule !== "free" && passedAt(row)) {
      return show("refused", name, firm, `${words.passedText} ${passedAt(row)}`);
    }
    keep(scan);
    await send(scan.key);
    if (localStorage.getItem(PREFIX + scan.key)) {
      setPassed(row, time());
      show("kept", name, firm, name ? words.kept : words.unknownOffline);
      showWaiting();
    }
  };
  const scannedCode = async (code) => {
    const known = await mark(code);
    await scanned({ code }, known ? rows().find((row) => row.dataset.mark === known) : undefined);
  };

  // --- Typing, a scanner that types, or a name.
  document.addEventListener("submit", (event) => {
    if (event.target === find("code-form")) {
      const field = event.target.elements.code;
      const code = field.value.trim();
      if (!code) return;
      event.preventDefault();
      field.value = "";
      field.focus();
      scannedCode(code);
    } else if (event.target === find("people") && event.submitter) {
      event.preventDefault();
      const person = Number(event.submitter.value);
      scanned({ person }, rowOf(person));
    } else if (event.target === find("search")) {
      event.preventDefault();
    }
  }, { capture: true });

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("ı", "i").replaceAll("ё", "е");
  find("search-button").hidden = true;
  desk.querySelector("#q").addEventListener("input", (event) => {
    const asked = plain(event.target.value.trim());
    rows().forEach((row) => { row.hidden = !plain(row.dataset.find).includes(asked); });
  });

  // --- The camera, where the browser can read codes by itself.
  const startCamera = async () => {
    const video = find("video");
    let seen = "";
    let seenAt = 0;
    try {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      await video.play();
      find("camera").hidden = false;
      find("camera-button").hidden = true;
      const look = async () => {
        const [found] = await detector.detect(video).catch(() => []);
        const code = found?.rawValue.trim();
        if (code && (code !== seen || Date.now() - seenAt > SAME_BADGE_MS)) {
          seen = code;
          await scannedCode(code);
        }
        if (code) seenAt = Date.now();
        setTimeout(look, 200);
      };
      look();
    } catch {
      show("refused", "", "", words.noCamera);
    }
  };
  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    find("camera-button").hidden = false;
    find("camera-button").addEventListener("click", startCamera);
  }

  // --- What other desks did, and what waits here.
  const follow = () => {
    const passages = document.getElementById("passages");
    const passed = new Map(passages.dataset.passed.trim().split(/\s+/).filter(Boolean).map((pair) => pair.split("=")));
    const kept = new Set(waiting().map((scan) => scan.person));
    rows().forEach((row) => {
      if (!kept.has(Number(row.dataset.person))) setPassed(row, passed.get(row.dataset.person) ?? "");
    });
  };
  document.addEventListener("htmx:afterSettle", follow);
  window.addEventListener("online", () => send());
  window.addEventListener("offline", () => showOffline(true));
  setInterval(() => { if (waiting().length) send(); }, AGAIN_MS);
  setInterval(() => { if (find("offline-mark").hidden) document.body.dispatchEvent(new Event("scans-sent")); }, REFRESH_MS);
  if (matchMedia("(pointer: fine)").matches) desk.querySelector("#code").focus();
  showOffline(!navigator.onLine);
  showWaiting();
  send();

  // --- The page itself without a connection.
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(words.worker).then(() => navigator.serviceWorker.ready).then((registration) => {
      const files = performance.getEntriesByType("resource").map((entry) => entry.name)
        .filter((name) => name.startsWith(`${location.origin}/static/`));
      registration.active.postMessage({ path: location.pathname, files: [...new Set(files)] });
    });
    navigator.serviceWorker.addEventListener("message", (event) => {
      if (event.data.kept === location.pathname) desk.dataset.keptOffline = "yes";
    });
  }
})();
