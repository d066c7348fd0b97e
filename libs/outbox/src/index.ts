export { enqueueMail, type OutgoingMail } from "./enqueue-mail.ts";
export { createOutboxGauges } from "./outbox-table.ts";
export { startOutbox, type OutboxOptions } from "./start-outbox.ts";
