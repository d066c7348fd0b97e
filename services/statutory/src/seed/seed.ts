export async function seed(_url: string): Promise<void> {}
