import { fetchAll, fetchData } from "./client.ts";

export interface Integration {
  id: number;
  name: string;
  code: string;
  quota_period: "day" | "month" | "year";
  quota_amount: number;
  description: string;
  free_codes?: number;
  claimed_codes?: number;
}

export type IntegrationDraft = Omit<Integration, "id" | "free_codes" | "claimed_codes">;

export interface DiscountCode {
  id: number;
  value: string;
  integration_id: number;
  claimed_by: number | null;
  claimed_at?: string | null;
  updated_at?: string | null;
  integration?: Integration;
}

export interface Discount {
  icon?: string;
  name: string;
  shortDescription: string;
  longDescription: string;
}

export interface DiscountCategory {
  id: number;
  name: string;
  discounts: Discount[];
}

export interface AddedCodes {
  added: number;
  skipped: number;
}

export const discounts = {
  listIntegrations: (): Promise<Integration[]> => fetchAll("discounts/integrations"),
  fetchIntegration: (id: string): Promise<Integration> =>
    fetchData(`discounts/integrations/${encodeURIComponent(id)}`),
  addIntegration: (draft: IntegrationDraft): Promise<Integration> =>
    fetchData("discounts/integrations", { method: "POST", body: draft }),
  updateIntegration: (id: string, draft: IntegrationDraft): Promise<Integration> =>
    fetchData(`discounts/integrations/${encodeURIComponent(id)}`, { method: "PUT", body: draft }),
  removeIntegration: (id: number): Promise<unknown> =>
    fetchData(`discounts/integrations/${id}`, { method: "DELETE" }),
  addCodes: (id: string, codes: string[]): Promise<AddedCodes> =>
    fetchData(`discounts/integrations/${encodeURIComponent(id)}/codes`, {
      method: "POST",
      body: codes,
    }),
  claim: (id: number): Promise<DiscountCode> =>
    fetchData(`discounts/integrations/${id}/claim`, { method: "POST" }),
  listMyCodes: (): Promise<DiscountCode[]> => fetchAll("discounts/codes/mine"),
  listCategories: (): Promise<DiscountCategory[]> => fetchAll("discounts/categories"),
};
