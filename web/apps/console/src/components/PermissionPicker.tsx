import type { Items, PermissionReach, PermissionView, Reach } from '@bole/api';
import { Checkbox, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../api/hooks';
import { usePair } from '../lib/pair';
import { reachOf, withReach } from '../lib/reach';
import { useEnumOptions } from './Filters';
import { ErrorState, Loading } from './States';

/** The permissions of the server by group, with their names in this language. */
export function usePermissions() {
  const pair = usePair();
  const all = useGet<Items<PermissionView>>('/permissions', undefined, { staleTime: Infinity });
  const groups = useMemo(() => {
    const out: { key: string; name: string; permissions: { key: string; name: string; narrows: boolean }[] }[] = [];
    for (const permission of all.data?.items ?? []) {
      let group = out.find((one) => one.key === permission.group);
      if (!group) out.push((group = { key: permission.group, name: pair(permission, 'group'), permissions: [] }));
      group.permissions.push({ key: permission.key, name: pair(permission, 'name'), narrows: permission.narrows });
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
  /** How far the permissions reach; without it nothing is said about that. */
  reaches?: PermissionReach[];
  onReaches?: (reaches: PermissionReach[]) => void;
}

/** Tick permissions, group by group; those about candidates can reach less than a whole unit. */
export function PermissionPicker({ value = [], onChange, disabled, only, reaches, onReaches }: Props) {
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
              <div key={one.key} className="permission">
                <Checkbox disabled={disabled} checked={value.includes(one.key)} onChange={(event) => set([one.key], event.target.checked)}>{one.name}</Checkbox>
                {reaches && one.narrows && value.includes(one.key) && (
                  <ReachSelect name={one.name} value={reachOf(reaches, one.key)} disabled={disabled} onChange={(reach) => onReaches?.(withReach(reaches, one.key, reach))} />
                )}
              </div>
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}

function ReachSelect({ name, value, disabled, onChange }: { name: string; value: Reach; disabled?: boolean; onChange: (reach: Reach) => void }) {
  const { t } = useTranslation();
  const options = useEnumOptions('reach');
  if (disabled) return <span className={value === 'subtree' ? 'permission-reach quiet' : 'permission-reach reach-narrow'}>{t(`reach.${value}`)}</span>;
  return (
    <Select size="small" variant="filled" className={value === 'subtree' ? 'permission-reach' : 'permission-reach reach-narrow'} value={value} options={options}
      onChange={(reach) => onChange(reach as Reach)} popupMatchSelectWidth={false} aria-label={t('roles.reach_of', { permission: name })} />
  );
}
