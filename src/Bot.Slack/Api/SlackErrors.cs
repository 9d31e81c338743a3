using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Inbound;

namespace Bot.Slack.Api;

/// <summary>What the errors of posting and updating mean for what was to be said (their names: chat.postMessage and chat.update, reference pages).</summary>
public static class SlackErrors
{
    private static readonly TimeSpan UntilSomebodyActs = TimeSpan.FromHours(1);

    /// <summary>The token is no longer taken: nothing can be said in that workspace until the app is installed anew.</summary>
    public static bool IsTokenGone(string error) => error is "token_revoked" or "invalid_auth" or "account_inactive" or "token_expired";

    public static PostOutcome Outcome(SlackResult.Failed failed) => failed.Error switch
    {
        "channel_not_found" or "is_archived" or "user_not_found" or "user_disabled" or "user_not_visible" or "cannot_dm_bot" or "is_inactive"
            or "message_not_found" or "cant_update_message" or "edit_window_closed" or "block_mismatch" or "channel_is_limited_access"
            or "user_is_restricted" or "not_allowed_for_grid_users" or "restricted_action" or "restricted_action_read_only_channel" or "restricted_action_thread_only_channel"
            => new PostOutcome.Gone(failed.Error),
        "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" => new PostOutcome.Later(null, failed.Error),
        // Of the workspace or the app, not of this chat: people set it right, and then it goes.
        "messages_tab_disabled" or "org_login_required" or "team_added_to_org" or "team_access_not_granted" or "accesslimited" or "ekm_access_denied" or "no_permission" or "not_authed"
            => new PostOutcome.Later(UntilSomebodyActs, failed.Error),
        "missing_scope" => new PostOutcome.Refused($"missing_scope: {failed.Body.Text("needed")}"),
        // A thread that is gone or locked says nothing about its channel: it ends here too.
        _ => new PostOutcome.Refused(string.Join(' ', [failed.Error, .. Pointers(failed.Body)])),
    };

    /// <summary>Where in the blocks the fault is; the words around it may hold texts and are left out.</summary>
    private static IEnumerable<string> Pointers(JsonObject body) =>
        from said in new[] { body.Array("errors"), body.Array("response_metadata", "messages") }.OfType<JsonArray>().SelectMany(list => list).Select(said => said.Text() ?? "")
        let start = said.IndexOf("[json-pointer:", StringComparison.Ordinal)
        where start >= 0
        let end = said.IndexOf(']', start)
        where end > start
        select said[start..(end + 1)];
}
