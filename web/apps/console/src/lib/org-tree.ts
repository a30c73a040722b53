import type { OrgNodeView } from '@bole/api';

export interface OrgTreeNode {
  key: string;
  value: string;
  title: string;
  node: OrgNodeView;
  children: OrgTreeNode[];
}

/** The flat list of the server as a tree; nodes whose parent is not visible become roots. */
export function orgTree(nodes: OrgNodeView[], name: (node: OrgNodeView) => string): OrgTreeNode[] {
  const byId = new Map(nodes.map((node) => [node.id, { key: node.id, value: node.id, title: name(node), node, children: [] } as OrgTreeNode]));
  const roots: OrgTreeNode[] = [];
  for (const entry of byId.values()) {
    const parent = entry.node.parent_id ? byId.get(entry.node.parent_id) : undefined;
    (parent ? parent.children : roots).push(entry);
  }
  return roots;
}

/** The part of the tree that has the text in a name, code or city, with what is above it. One walk over all nodes. */
export function found(entries: OrgTreeNode[], text: string): OrgTreeNode[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return entries;
  const walk = (list: OrgTreeNode[]): OrgTreeNode[] =>
    list.flatMap((entry) => {
      const children = walk(entry.children);
      const { name, name_en: english, code, city } = entry.node;
      const hit = [name, english, code, city].some((field) => field?.toLowerCase().includes(wanted));
      return hit || children.length > 0 ? [{ ...entry, children }] : [];
    });
  return walk(entries);
}
