import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  findPermission,
  type Grant,
  grantsWithin,
  keepPermittedFields,
  nowhere,
  type Permission,
  withinBody,
} from "./permitted.ts";

const scope = fc.constantFrom("global", "local", "join_request");
const bodyIds = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 5 });
const grant = fc
  .record({ scope, action: fc.constantFrom("view", "update"), bodyIds })
  .map(({ scope: of, action, bodyIds: ids }) => buildGrant(`${of}:${action}:body`, ids));
const grants = fc.array(grant, { maxLength: 12 });

describe("grantsWithin", () => {
  test("always holds every global grant, and nowhere anything else", () => {
    fc.assert(
      fc.property(grants, (held) => {
        expect(grantsWithin(held, nowhere)).toEqual(held.filter((one) => one.scope === "global"));
      }),
    );
  });

  test("holds a local grant in exactly the bodies it came through", () => {
    fc.assert(
      fc.property(grants, fc.integer({ min: 1, max: 6 }), (held, bodyId) => {
        const local = grantsWithin(held, withinBody(bodyId)).filter((one) => one.scope === "local");
        expect(local).toEqual(
          held.filter((one) => one.scope === "local" && one.body_ids.includes(bodyId)),
        );
      }),
    );
  });

  test("takes a join request for no membership, and a membership for no join request", () => {
    const held = [
      buildGrant("local:view:member", [1]),
      buildGrant("join_request:view:member", [1]),
    ];

    expect(grantsWithin(held, { bodyIds: [1], joinRequestBodyIds: [] })).toEqual([held[0]]);
    expect(grantsWithin(held, { bodyIds: [], joinRequestBodyIds: [1] })).toEqual([held[1]]);
  });

  test("never holds more in fewer bodies", () => {
    fc.assert(
      fc.property(grants, bodyIds, bodyIds, (held, some, others) => {
        const few = grantsWithin(held, { bodyIds: some, joinRequestBodyIds: [] });
        const many = grantsWithin(held, { bodyIds: [...some, ...others], joinRequestBodyIds: [] });
        expect(many).toEqual(expect.arrayContaining(few));
      }),
    );
  });
});

describe("findPermission", () => {
  test("prefers global to local, and local to join_request, in any order", () => {
    const all = ["join_request", "local", "global"].map((of) =>
      buildGrant(`${of}:update:body`, [1]),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 1 }), (held) => {
        const best = ["global", "local", "join_request"].find((of) =>
          held.some((one) => one.scope === of),
        );
        expect(findPermission(held, "update:body")?.scope).toBe(best);
      }),
    );
  });

  test("looks for one scope where one is named", () => {
    const held = [buildGrant("local:update:body", [1])];

    expect(findPermission(held, "global:update:body")).toBeUndefined();
    expect(findPermission(held, "local:update:body")).toBe(held[0]);
    expect(findPermission(held, "update:circle")).toBeUndefined();
  });
});

describe("keepPermittedFields", () => {
  const field = fc.constantFrom("name", "email", "phone", "code", "type");
  const fields = fc.uniqueArray(fc.constantFrom("name", "email", "phone", "code"), {
    minLength: 1,
  });
  const changes = fc.dictionary(field, fc.string());

  test("lets exactly the named fields through", () => {
    fc.assert(
      fc.property(changes, fields, (wanted, filters) => {
        const kept = keepPermittedFields(wanted, { ...permission, filters });
        expect(kept).toEqual(
          Object.fromEntries(
            Object.entries(wanted).filter(([name]) => filters.some((filter) => filter === name)),
          ),
        );
      }),
    );
  });

  test("lets everything through without filters, and changes nothing that it was given", () => {
    fc.assert(
      fc.property(changes, (wanted) => {
        expect(keepPermittedFields(Object.freeze(wanted), permission)).toEqual(wanted);
      }),
    );
  });
});

const permission: Permission = buildGrant("global:update:body", []);

function buildGrant(combined: string, ids: number[]): Grant {
  const [of, action = "", object = ""] = combined.split(":");
  return {
    id: 1,
    scope: of === "local" || of === "join_request" ? of : "global",
    action,
    object,
    combined,
    description: "",
    filters: [],
    body_ids: ids,
  };
}
