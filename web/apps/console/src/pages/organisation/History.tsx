import type { NodeHistory, NodeVersion, OrgNodeView } from '@bole/api';
import { Timeline } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { useName } from '../../lib/pair';

const shown = ['name', 'name_en', 'code', 'kind', 'city', 'zone', 'locale'] as const;

/** What a node was, is and will be, with the act and the reason behind each. */
export function History({ node, names }: { node: OrgNodeView; names: OrgNodeView[] }) {
  const { t } = useTranslation();
  const name = useName();
  const format = useFormat();
  const history = useGet<NodeHistory>(`/org/nodes/${node.id}/history`);
  const byId = useMemo(() => new Map(names.map((item) => [item.id, item])), [names]);
  if (history.isPending) return <Loading rows={5} />;
  if (history.isError) return <ErrorState problem={history.error} onRetry={() => void history.refetch()} />;
  const { versions, changes } = history.data;
  const today = new Date().toISOString().slice(0, 10);
  const parentName = (version: NodeVersion) => {
    const parent = version.parent_id ? byId.get(version.parent_id) : undefined;
    return parent ? name(parent) : t('org.parent_elsewhere');
  };
  const differences = (version: NodeVersion, before?: NodeVersion): string[] => {
    if (!before) return [t('org.history_first', { name: name(version) })];
    const lines = shown.filter((key) => version[key] !== before[key]).map((key) => {
      const text = (value: string) => (key === 'kind' ? t(`org_kind.${value}`) : key === 'locale' ? t(`locale.${value}`) : value) || '–';
      return t('org.history_changed', { what: t(`org.fact_${key}`), from: text(before[key]), to: text(version[key]) });
    });
    if (version.parent_id !== before.parent_id) lines.push(t('org.history_moved', { from: parentName(before), to: parentName(version) }));
    if (version.state !== before.state) lines.push(version.state === 'closed' ? t('org.history_closed') : t('org.history_reopened'));
    if (version.calendar_id !== before.calendar_id) lines.push(t('org.history_calendar'));
    return lines;
  };
  const items = versions.map((version, index) => {
    const change = changes.find((item) => item.id === version.change_id);
    const future = version.valid_from > today;
    const current = !future && (!version.valid_to || version.valid_to > today);
    return {
      key: version.valid_from,
      color: future ? 'orange' : current ? 'green' : 'gray',
      content: (
        <div className="org-moment">
          <div className="row">
            <strong className="num">{version.valid_from === '1970-01-01' ? t('org.history_always') : format.date(version.valid_from)}</strong>
            {change && <span>{t(`change_kind.${change.kind}`)}</span>}
            {future && <span className="chip chip-live">{t('change_state.scheduled')}</span>}
            {current && <span className="chip chip-good">{t('org.current')}</span>}
          </div>
          {differences(version, versions[index - 1]).map((line) => <div key={line}>{line}</div>)}
          {change && <div className="quiet">{[change.reason, change.author_id ? change.author_name : t('org.system')].filter(Boolean).join(' · ')}</div>}
        </div>
      ),
    };
  }).reverse();
  return <div className="panel-body"><Timeline items={items} /></div>;
}
