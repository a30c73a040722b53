import { CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import type { ChangePreview, ChangeProblem, NewChange } from '@bole/api';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { useName } from '../../lib/pair';

/** What the change would move, or what stands in its way. */
export function Preview({ change }: { change: NewChange | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useName();
  const preview = useQuery<ChangePreview>({
    queryKey: ['/org/changes/preview', change],
    queryFn: () => api.post<ChangePreview>('/org/changes/preview', change),
    enabled: change !== null,
    retry: false,
    staleTime: 0,
  });
  if (!change) return <p className="quiet" role="status">{t('org.preview_waits')}</p>;
  if (preview.isPending) return <Loading rows={2} />;
  if (preview.isError) return <ErrorState problem={preview.error} />;
  const data = preview.data;
  const explain = (problem: ChangeProblem) => [
    t(`org_problem.${problem.code}`, { node: name({ name: problem.node_name, name_en: problem.node_name_en }), date: format.date(problem.date), count: problem.count }),
    problem.change_id && problem.change_kind
      ? t('org.in_the_way', { kind: t(`change_kind.${problem.change_kind}`), date: format.date(problem.date), id: problem.change_id })
      : '',
  ].filter(Boolean).join(' ');
  return (
    <section className={data.possible ? 'org-preview' : 'org-preview org-preview-bad'} aria-label={t('org.preview')} aria-live="polite">
      <h3 className="section-title">
        {data.possible ? <CheckCircleOutlined aria-hidden /> : <ExclamationCircleOutlined aria-hidden />}
        {data.possible ? t('org.preview_possible', { date: format.date(data.effective_date) }) : t('org.preview_impossible')}
      </h3>
      {data.problems.length > 0 && <ul>{data.problems.map((problem, index) => <li key={index}>{explain(problem)}</li>)}</ul>}
      {data.possible && (
        <dl className="org-counts">
          <div><dt>{t('org.preview_nodes')}</dt><dd>{format.whole(data.nodes)}</dd></div>
          {data.affected.map((rows) => <div key={rows.what}><dt>{t(`affected.${rows.what}`)}</dt><dd>{format.whole(rows.count)}</dd></div>)}
        </dl>
      )}
    </section>
  );
}
