import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { PlanView } from '@bole/api';
import { useGet } from '../../api/hooks';
import { Page } from '../../components/Page';
import { ErrorState, Loading } from '../../components/States';
import { PlanEditor } from './PlanEditor';
import './plan-editor.css';

export default function PlanEditorPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const [params] = useSearchParams();
  const revision = params.get('revision') ?? undefined;
  const plan = useGet<PlanView>(`/plans/${id}`, revision ? { revision } : undefined, { refetchOnMount: 'always', staleTime: Infinity });
  if (plan.data) return <PlanEditor key={`${plan.data.id} ${revision ?? ''}`} plan={plan.data} former={Boolean(revision)} />;
  return (
    <Page title={t('plans.title')} back={{ to: '/plans', label: t('plans.title') }}>
      <div className="panel">{plan.isError ? <ErrorState problem={plan.error} onRetry={() => void plan.refetch()} /> : <Loading rows={10} />}</div>
    </Page>
  );
}
