import type { Session } from "../api/types.ts";
import { hasAnyGlobalAction, hasGlobal } from "../session/permissions.ts";

export interface MenuEntry {
  label: string;
  to: string;
}

export interface Menu {
  main: MenuEntry[];
  /** What only some may do, shown under the account. */
  administration: MenuEntry[];
}

/** The menu entries that somebody with this session (null: a stranger) has a use for. */
export function planMenu(session: Session | null): Menu {
  const isLoggedIn = session !== null;
  return {
    main: [
      ...when(isLoggedIn, { label: "Dashboard", to: "/dashboard" }),
      { label: "Events", to: "/events" },
      { label: "Statutory", to: "/statutory" },
      { label: "Bodies", to: "/bodies" },
      ...when(isLoggedIn, { label: "Discounts", to: "/discounts" }),
      ...when(hasGlobal(session, "global:view:member"), { label: "Members", to: "/members" }),
    ],
    administration: [
      ...when(hasAnyGlobalAction(session, "approve_event"), {
        label: "Approve events",
        to: "/events/change_status",
      }),
      ...when(mayEditPermissions(session), { label: "Permissions", to: "/permissions" }),
      ...when(hasGlobal(session, "global:access:admin"), { label: "Status", to: "/status" }),
    ],
  };
}

function mayEditPermissions(session: Session | null): boolean {
  return (
    hasGlobal(session, "global:create:permission") || hasGlobal(session, "global:update:permission")
  );
}

function when(condition: boolean, entry: MenuEntry): MenuEntry[] {
  return condition ? [entry] : [];
}
