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

export const categoriesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db }) => {
  app.addHook("onRequest", loggedIn);

  app.get(
    "/categories",
    { schema: { querystring: CategoriesQuery, response: responses(SuccessPage(Category)) } },
    async ({ query }) => {
      const { rows, count } = await listCategories(db, query);
      return okPage(rows, count, query);
    },
  );

  app.get(
    "/categories/:id",
    { schema: { params: IdParams, response: responses(Success(Category)) } },
    async ({ params }) => ok(expectFound(await readCategory(db, params.id))),
  );

  app.post(
    "/categories",
    {
      onRequest: onlyManagers,
      schema: { body: NewCategory, response: responses(Success(Category)) },
    },
    async ({ body }) => ok(await insertCategory(db, body)),
  );

  app.put(
    "/categories/:id",
    {
      onRequest: onlyManagers,
      schema: { params: IdParams, body: CategoryChanges, response: responses(Success(Category)) },
    },
    async ({ params, body }) => ok(expectFound(await updateCategory(db, params.id, body))),
  );

  app.delete(
    "/categories/:id",
    {
      onRequest: onlyManagers,
      schema: { params: IdParams, response: responses(SuccessMessage) },
    },
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
