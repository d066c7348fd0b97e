import type { Permission, Session } from "../api/types.ts";

interface SessionFacts {
  /** Such as `view:member`. */
  global?: string[];
  /** Permission → bodies in which it holds. */
  local?: Record<string, number[]>;
  userId?: number;
  superadmin?: boolean;
  bodies?: { id: number; name: string; code: string; type: string }[];
}

const testburg = { id: 1, name: "AEGEE-Testburg", code: "TST", type: "antenna" };

export function buildSession(facts: SessionFacts = {}): Session {
  return {
    user: {
      id: facts.userId ?? 3,
      username: "member",
      first_name: "Mia",
      last_name: "Member",
      email: "member@example.org",
      notification_email: "member@example.org",
      date_of_birth: "2000-01-01",
      gender: "female",
      superadmin: facts.superadmin ?? false,
      active: true,
      primary_body_id: 1,
      bodies: facts.bodies ?? [testburg],
    },
    service: null,
    permissions: (facts.global ?? []).map((name, index) => buildPermission(name, index + 1)),
    local_permissions: Object.entries(facts.local ?? {}).map(([name, bodyIds]) => {
      const { action, object } = splitName(name);
      return { action, object, body_ids: bodyIds };
    }),
  };
}

function buildPermission(name: string, id: number): Permission {
  return { id, scope: "global", ...splitName(name), combined: `global:${name}`, filters: [] };
}

function splitName(name: string): { action: string; object: string } {
  const [action = "", object = ""] = name.split(":");
  return { action, object };
}
