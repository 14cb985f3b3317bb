import account from "./account.json";
import administration from "./administration.json";
import agenda from "./agenda.json";
import audit from "./audit.json";
import common from "./common.json";
import directory from "./directory.json";
import messages from "./messages.json";
import patients from "./patients.json";
import protocols from "./protocols.json";
import signin from "./signin.json";
import tasks from "./tasks.json";
import today from "./today.json";

/** The French words, by page; English has the same keys (a test holds them together). */
export const fr = { account, administration, agenda, audit, common, directory, messages, patients, protocols, signin, tasks, today };
