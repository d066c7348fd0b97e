import type { App } from "@myaegee/service-kit";
import Type from "typebox";
import { Assert } from "typebox/value";

const methods = ["get", "post", "put", "delete"] as const;

const OpenApi = Type.Object({
  openapi: Type.String(),
  paths: Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown())),
});

export interface Route {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** With `{id}` for what varies. */
  path: string;
}

/** Every route that the API's own description names. */
export async function readRoutes(app: App): Promise<Route[]> {
  const document: unknown = (await app.inject("/openapi.json")).json();
  Assert(OpenApi, document);
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    methods
      .filter((method) => method in operations)
      .map((method) => ({ method: upperCase(method), path })),
  );
}

function upperCase(method: (typeof methods)[number]): Route["method"] {
  switch (method) {
    case "get":
      return "GET";
    case "post":
      return "POST";
    case "put":
      return "PUT";
    case "delete":
      return "DELETE";
  }
}
