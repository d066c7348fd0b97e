import { createApp } from "vue";

import App from "./app.vue";
import { followTheme } from "./composables/theme.ts";
import { createAppRouter } from "./router/router.ts";
import { followOtherTabs } from "./session/load-session.ts";

followTheme();
followOtherTabs(() => window.location.reload());
createApp(App).use(createAppRouter()).mount("#app");
