import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn } from "@myaegee/auth";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { IdParams, notFound, ok, okMessage, okPage } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { onlyManagers } from "../managers.ts";
import {
  deleteCategory,
  insertCategory,
  listCategories,
  readCategory,
  updateCategory,
} from "./categories.repository.ts";
import { CategoriesQuery, Category, CategoryChanges, NewCategory } from "./categories.schema.ts";

const schemas = {
  list: {
    summary: "List categories of offers",
    querystring: CategoriesQuery,
    response: responses(SuccessPage(Category)),
  },
  show: {
    summary: "Show a category of offers",
    params: IdParams,
    response: responses(Success(Category)),
  },
  create: {
    summary: "Create a category of offers",
    body: NewCategory,
    response: responses(Success(Category)),
  },
  change: {
    summary: "Change a category of offers",
    params: IdParams,
    body: CategoryChanges,
    response: responses(Success(Category)),
  },
  remove: {
    summary: "Delete a category of offers",
    params: IdParams,
    response: responses(SuccessMessage),
  },
};

export const categoriesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db }) => {
  app.addHook("onRequest", loggedIn);

  app.get("/categories", { schema: schemas.list }, async ({ query }) => {
    const { rows, count } = await listCategories(db, query);
    return okPage(rows, count, query);
  });

  app.get("/categories/:id", { schema: schemas.show }, async ({ params }) =>
    ok(expectFound(await readCategory(db, params.id))),
  );

  app.post("/categories", { onRequest: onlyManagers, schema: schemas.create }, async ({ body }) =>
    ok(await insertCategory(db, body)),
  );

  app.put(
    "/categories/:id",
    { onRequest: onlyManagers, schema: schemas.change },
    async ({ params, body }) => ok(expectFound(await updateCategory(db, params.id, body))),
  );

  app.delete(
    "/categories/:id",
    { onRequest: onlyManagers, schema: schemas.remove },
    async ({ params }) => {
      expectFound((await deleteCategory(db, params.id)) || null);
      return okMessage("Category is deleted.");
    },
  );
};

function expectFound<Found>(category: Found | null): Found {
  if (category === null) {
    throw notFound("Category");
  }
  return category;
}
