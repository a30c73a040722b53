import type { EncryptionView, MasterKeyView } from '@bole/api';
import { Alert, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';

/** Which algorithm and master keys protect data at rest, and what a rotation still has to move. Counts only. */
export function Encryption() {
  const { t } = useTranslation();
  const encryption = useGet<EncryptionView>('/security/encryption');
  return (
    <section className="panel">
      <div className="panel-head"><h2>{t('security.encryption')}</h2></div>
      {encryption.isPending ? <Loading rows={3} />
        : encryption.isError ? <ErrorState problem={encryption.error} onRetry={() => void encryption.refetch()} />
          : <Keys encryption={encryption.data} />}
    </section>
  );
}

function Keys({ encryption }: { encryption: EncryptionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rest = (key: MasterKeyView) => key.values_to_rotate + key.recordings_to_rotate > 0
    ? t('security.key_rest_counts', { values: format.whole(key.values_to_rotate), recordings: format.whole(key.recordings_to_rotate) })
    : t('security.key_nothing');
  const rotation = encryption.last_rotation;
  const done = rotation && { key: rotation.key_id, values: format.whole(rotation.sealed_values), recordings: format.whole(rotation.recordings) };
  const state = (key: MasterKeyView) => key.active ? <span className="chip chip-good">{t('security.key_active')}</span>
    : key.values_to_rotate + key.recordings_to_rotate > 0 ? <span className="chip">{t('security.key_old')}</span>
      : <span className="chip chip-live">{t('security.key_unneeded')}</span>;
  return (
    <div className="panel-body stack">
      {encryption.unregistered.length > 0 && <Alert type="error" showIcon title={t('security.unregistered', { columns: encryption.unregistered.join(', ') })} />}
      <div>{t('security.algorithm')}: <strong>{encryption.algorithm.toUpperCase()}</strong></div>
      <Table<MasterKeyView> size="small" rowKey="id" pagination={false} dataSource={encryption.keys} scroll={{ x: 'max-content' }} columns={[
        { title: t('security.key'), dataIndex: 'id', render: (id: string) => <code>{id}</code> },
        { title: t('security.key_state'), key: 'state', render: (_, key) => state(key) },
        { title: t('security.key_created'), key: 'created', render: (_, key) => <span title={format.dateTime(key.created_at)}>{format.ago(key.created_at)}</span> },
        { title: t('security.key_rest'), key: 'rest', render: (_, key) => rest(key) },
      ]} />
      <div className="quiet">
        {!rotation || !done ? t('security.rotation_never')
          : rotation.finished_at ? t('security.rotation_last', { ...done, when: format.dateTime(rotation.finished_at) })
            : t('security.rotation_running', done)}
        {' '}{t('security.encryption_hint')}
      </div>
    </div>
  );
}
