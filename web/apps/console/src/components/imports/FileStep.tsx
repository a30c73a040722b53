import { FileExcelOutlined } from '@ant-design/icons';
import { Form, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { DownloadButton } from '../DownloadButton';
import { OrgPicker } from '../Pickers';

interface Props {
  target: string;
  orgId: string;
  onOrg: (id: string | undefined) => void;
  file: File | null;
  onFile: (file: File | null) => void;
}

/** Which file, and where its rows go. */
export function FileStep({ target, orgId, onOrg, file, onFile }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <span className="quiet">{t('import.template_hint')}</span>
        <DownloadButton size="small" path="/imports/template.xlsx" query={{ target }}>{t('import.template')}</DownloadButton>
      </div>
      <Form.Item label={t('import.org')} extra={t('import.org_hint')} style={{ marginBottom: 0 }} layout="vertical">
        <OrgPicker value={orgId} onChange={onOrg} />
      </Form.Item>
      <Upload.Dragger accept=".xlsx,.csv,.txt" maxCount={1} beforeUpload={(picked) => { onFile(picked); return false; }} onRemove={() => onFile(null)}
        fileList={file ? [{ uid: '1', name: file.name, status: 'done' }] : []}>
        <p style={{ fontSize: 30 }}><FileExcelOutlined className="quiet" aria-hidden /></p>
        <p>{t('import.drop')}</p>
        <p className="quiet">{t('import.drop_hint')}</p>
      </Upload.Dragger>
    </>
  );
}
