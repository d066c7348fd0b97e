import { escapeHtml } from "../output/escape-html.ts";
import type { InboxMessage } from "./inbox-store.ts";

export function formatListPage(messages: readonly InboxMessage[], to: string | null): string {
  const about = to === null ? "" : ` to ${escapeHtml(to)} · <a href="/inbox">all</a>`;
  const rows = messages.map(formatRow).join("\n");
  const content =
    rows === ""
      ? "<p class=quiet>No mail yet. Sign up or apply somewhere.</p>"
      : `<ul>${rows}</ul>`;
  return formatPage(
    "Inbox",
    `<h1>Inbox</h1>
<p class=quiet>${messages.length} ${messages.length === 1 ? "mail" : "mails"}${about}. Everything MyAEGEE sends here ends on this page; nothing leaves this machine.</p>
<form action="/inbox"><label>To <input name=to type=search value="${escapeHtml(to ?? "")}" placeholder="name@example.org"></label> <button>Show</button></form>
${content}`,
  );
}

export function formatMessagePage(message: InboxMessage): string {
  const html =
    message.html === null
      ? ""
      : `<iframe title="Mail as its sender designed it" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/inbox/${message.id}/html"></iframe>`;
  return formatPage(
    message.subject,
    `<p><a href="/inbox">← Inbox</a></p>
<h1>${escapeHtml(message.subject) || "(no subject)"}</h1>
<dl><dt>From<dd>${escapeHtml(message.from)}<dt>To<dd>${formatRecipients(message)}<dt>Received<dd><time>${escapeHtml(message.receivedAt)}</time></dl>
${html}
<h2>Text</h2>
<pre>${linkify(message.text)}</pre>`,
  );
}

/** The mail itself, for a frame without rights; its links open beside the inbox. */
export function formatMailDocument(message: InboxMessage): string {
  return `<!doctype html><meta charset="utf-8"><base target="_blank">${message.html ?? ""}`;
}

/** Escapes, and makes addresses of web pages links. */
export function linkify(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/)
    .map((part, index) => {
      const safe = escapeHtml(part);
      return index % 2 === 1
        ? `<a href="${safe}" target="_blank" rel="noopener">${safe}</a>`
        : safe;
    })
    .join("");
}

function formatRow(message: InboxMessage): string {
  return `<li><a href="/inbox/${message.id}"><strong>${escapeHtml(message.subject) || "(no subject)"}</strong></a>
<span>${formatRecipients(message)} · <time>${escapeHtml(message.receivedAt)}</time></span></li>`;
}

function formatRecipients({ to }: InboxMessage): string {
  return to
    .map(
      (address) => `<a href="/inbox?to=${encodeURIComponent(address)}">${escapeHtml(address)}</a>`,
    )
    .join(", ");
}

function formatPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${styles}</style>
<main>
${content}
</main>
</html>
`;
}

const styles = `
:root { color-scheme: light dark; --ink: #1c2733; --quiet: #5b6875; --line: #d8dee4; --link: #0b5cad; --paper: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --quiet: #a9b4bf; --line: #333d48; --link: #79b8ff; --paper: #14191f; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
main { max-width: 46rem; margin: 2.5rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1rem; margin-top: 2rem; }
a { color: var(--link); } a:focus-visible, input:focus-visible, button:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.quiet, dt, li span { color: var(--quiet); }
ul { list-style: none; padding: 0; } li { border-top: 1px solid var(--line); padding: .75rem 0; } li span { display: block; font-size: .9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; } dd { margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: 6px; padding: 1rem; font: .95rem/1.5 ui-monospace, monospace; }
iframe { width: 100%; height: 28rem; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
input, button { font: inherit; padding: .35rem .6rem; }
`;
