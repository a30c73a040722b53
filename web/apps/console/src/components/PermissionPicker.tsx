import type { Items, PermissionView } from '@bole/api';
import { Checkbox } from 'antd';
import { useMemo } from 'react';
import { useGet } from '../api/hooks';
import { usePair } from '../lib/pair';
import { ErrorState, Loading } from './States';

/** The permissions of the server by group, with their names in this language. */
export function usePermissions() {
  const pair = usePair();
  const all = useGet<Items<PermissionView>>('/permissions', undefined, { staleTime: Infinity });
  const groups = useMemo(() => {
    const out: { key: string; name: string; permissions: { key: string; name: string }[] }[] = [];
    for (const permission of all.data?.items ?? []) {
      let group = out.find((one) => one.key === permission.group);
      if (!group) out.push((group = { key: permission.group, name: pair(permission, 'group'), permissions: [] }));
      group.permissions.push({ key: permission.key, name: pair(permission, 'name') });
    }
    return out;
  }, [all.data, pair]);
  const name = (key: string) => groups.flatMap((group) => group.permissions).find((one) => one.key === key)?.name ?? key;
  return { groups, name, query: all };
}

interface Props {
  value?: string[];
  onChange?: (value: string[]) => void;
  disabled?: boolean;
  /** Only these can be chosen. */
  only?: string[];
}

/** Tick permissions, group by group. */
export function PermissionPicker({ value = [], onChange, disabled, only }: Props) {
  const { groups, query } = usePermissions();
  if (query.isPending) return <Loading rows={4} />;
  if (query.isError) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />;
  const shown = groups
    .map((group) => ({ ...group, permissions: group.permissions.filter((one) => !only || only.includes(one.key)) }))
    .filter((group) => group.permissions.length > 0);
  const set = (keys: string[], on: boolean) => onChange?.(on ? [...new Set([...value, ...keys])] : value.filter((key) => !keys.includes(key)));
  return (
    <div className="permission-groups">
      {shown.map((group) => {
        const keys = group.permissions.map((one) => one.key);
        const chosen = keys.filter((key) => value.includes(key)).length;
        return (
          <fieldset key={group.key}>
            <legend>
              <Checkbox disabled={disabled} checked={chosen === keys.length} indeterminate={chosen > 0 && chosen < keys.length}
                onChange={(event) => set(keys, event.target.checked)}>{group.name}</Checkbox>
            </legend>
            {group.permissions.map((one) => (
              <Checkbox key={one.key} disabled={disabled} checked={value.includes(one.key)} onChange={(event) => set([one.key], event.target.checked)}>{one.name}</Checkbox>
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}
