import { CopyOutlined } from '@ant-design/icons';
import type { Items, ScoringModelView } from '@bole/api';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { Page } from '../../components/Page';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { JsonView } from './JsonView';
import './scoring-models.css';

/** Every score names its model and version; here a person can read what that version does. */
export default function ScoringModelsPage() {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const format = useFormat();
  const models = useGet<Items<ScoringModelView>>('/scoring-models');
  const [chosen, setChosen] = useState<string | null>(null);
  const id = chosen ?? models.data?.items[0]?.id ?? null;
  const model = useGet<ScoringModelView>(id ? `/scoring-models/${id}` : null);
  const status = (value: string) => (i18n.exists(`item_status.${value}`) ? t(`item_status.${value}`) : value);
  const copy = async () => {
    await navigator.clipboard.writeText(JSON.stringify(model.data?.document, null, 2));
    void message.success(t('common.copied'));
  };
  if (models.isPending) return <Page title={t('scoring.title')}><div className="panel"><Loading /></div></Page>;
  if (models.isError) return <Page title={t('scoring.title')}><div className="panel"><ErrorState problem={models.error} onRetry={() => void models.refetch()} /></div></Page>;
  return (
    <Page title={t('scoring.title')} hint={t('scoring.hint')}>
      {models.data.items.length === 0 ? <div className="panel"><EmptyState title={t('scoring.empty')} text={t('scoring.empty_text')} /></div> : (
        <div className="model-grid">
          <ul className="panel model-list">
            {models.data.items.map((item) => (
              <li key={item.id}>
                <button type="button" className={item.id === id ? 'model-item active' : 'model-item'} aria-current={item.id === id} onClick={() => setChosen(item.id)}>
                  <span className="cell-main">{item.name}</span>
                  <span className="cell-sub">{t('scoring.version', { version: item.version_no })} · {status(item.status)} · {format.date(item.created_at)}</span>
                </button>
              </li>
            ))}
          </ul>
          <div className="panel model-document">
            <div className="panel-head">
              <h2>{model.data ? `${model.data.name} · ${t('scoring.version', { version: model.data.version_no })}` : ' '}</h2>
              <Button size="small" icon={<CopyOutlined />} disabled={!model.data} onClick={() => void copy()}>{t('scoring.copy')}</Button>
            </div>
            {model.isPending ? <Loading rows={10} /> : model.isError ? <ErrorState problem={model.error} onRetry={() => void model.refetch()} />
              : <JsonView value={model.data.document} label={model.data.name} />}
          </div>
        </div>
      )}
    </Page>
  );
}
