/** The lab's mail server, a process of its own: takes what every host hands in and shows it on this machine. */
import { createServer } from "node:http";
import { join } from "node:path";

import { answerInbox } from "../src/inbox/answer-inbox.ts";
import { openInboxStore } from "../src/inbox/inbox-store.ts";
import { startSmtpSink } from "../src/inbox/smtp-sink.ts";
import { labFolder } from "./lab-facts.ts";
import { gatewayAddress } from "./network.ts";

const smtpPort = 1025;
const pagePort = 8025;

const store = await openInboxStore(join(labFolder, "inbox"));
await startSmtpSink(store, smtpPort, gatewayAddress);
createServer((request, response) => {
  if (!answerInbox(store, request, response)) response.writeHead(404).end();
}).listen(pagePort, "127.0.0.1");
