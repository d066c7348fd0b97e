export const eventTypes = ["agora", "epm", "spm"] as const;

export type EventType = (typeof eventTypes)[number];
