export const applicationFlags = [
  "cancelled",
  "confirmed",
  "incoming",
  "attended",
  "registered",
  "departed",
  "is_on_memberslist",
] as const;

export type ApplicationFlag = (typeof applicationFlags)[number];
export type ApplicationFlags = Record<ApplicationFlag, boolean>;

interface FlagRule {
  /** Why the flag may not become true, given the others. */
  whenSet?: (flags: ApplicationFlags) => string | null;
  /** Why the flag may not become false, given the others. */
  whenUnset?: (flags: ApplicationFlags) => string | null;
}

const notIfCancelled = (flags: ApplicationFlags) =>
  flags.cancelled ? "The application is cancelled." : null;
const onlyIfConfirmed = (flags: ApplicationFlags) =>
  flags.confirmed ? null : "The application must be confirmed first.";
const notIfAttended = (flags: ApplicationFlags) =>
  flags.attended ? "The participant has attended already." : null;

const flagRules: Readonly<Record<ApplicationFlag, FlagRule>> = {
  cancelled: {},
  confirmed: { whenSet: notIfCancelled, whenUnset: notIfAttended },
  incoming: { whenSet: notIfCancelled, whenUnset: notIfAttended },
  attended: { whenSet: onlyIfConfirmed },
  registered: {
    whenSet: onlyIfConfirmed,
    whenUnset: (flags) => (flags.departed ? "The participant has departed already." : null),
  },
  departed: {
    whenSet: (flags) => (flags.registered ? null : "The participant must be registered first."),
  },
  is_on_memberslist: {},
};

/** Why this flag of an application may not take this value, or `null` when it may. */
export function findFlagFault(
  flags: ApplicationFlags,
  flag: ApplicationFlag,
  value: boolean,
): string | null {
  const rule = flagRules[flag];
  const check = value ? rule.whenSet : rule.whenUnset;
  return check?.(flags) ?? null;
}
