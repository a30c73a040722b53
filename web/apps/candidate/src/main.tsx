import { render } from 'preact';
import { CreateCandidateApi } from './api/client';
import { CreateRequest } from './api/http';
import { App } from './app';
import { TokenOf } from './flow/screen';
import './styles.css';

const token = TokenOf(location.pathname);
// Some browsers load their voices only after the first question for them.
window.speechSynthesis?.getVoices();

const root = document.getElementById('app');
if (root) render(<App makeApi={(locale) => CreateCandidateApi(CreateRequest({ invitation: token, locale }))} />, root);
