import { render } from 'preact';
import { CreateCandidateApi } from './api/client';
import { CreateRequest } from './api/http';
import { App } from './app';
import { TokenOf } from './flow/screen';
import './styles.css';

const token = TokenOf(location.pathname);
const root = document.getElementById('app');
if (root) render(<App makeApi={(locale) => CreateCandidateApi(CreateRequest({ invitation: token, locale }))} />, root);
