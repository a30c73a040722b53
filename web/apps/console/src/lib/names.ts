/** What a unit or a job is called; `name_en` may be empty. */
export interface Named { id: string; name: string; name_en?: string }

/**
 * English names of what a view shows in Chinese only: by the id, and where a view carries none by the Chinese name, as
 * long as everything called so has one English name. Whatever is not in the book keeps the name it came with.
 */
export function englishNames(items: readonly Named[]): (id: string | null | undefined, given: string | null | undefined) => string {
  const byId = new Map<string, string>();
  const byName = new Map<string, string>();
  for (const { id, name, name_en: english = '' } of items) {
    byId.set(id, english);
    const known = byName.get(name);
    byName.set(name, known === undefined || known === english ? english : '');
  }
  return (id, given) => (id ? byId.get(id) : byName.get(given ?? '')) || given || '';
}
