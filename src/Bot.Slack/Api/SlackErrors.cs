using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Slack.Api;

/// <summary>What the errors of posting and updating mean for what was to be said (their names: chat.postMessage and chat.update, reference pages).</summary>
public static class SlackErrors
{
    /// <summary>The token is no longer taken: nothing can be said in that workspace until the app is installed anew.</summary>
    public static bool IsTokenGone(string error) =>
        error is "token_revoked" or "invalid_auth" or "not_authed" or "account_inactive" or "token_expired" or "no_permission" or "org_login_required" or "team_access_not_granted";

    public static PostOutcome Outcome(SlackResult.Failed failed) => failed.Error switch
    {
        "channel_not_found" or "is_archived" or "user_not_found" or "user_disabled" or "user_not_visible" or "cannot_dm_bot" or "is_inactive" or "messages_tab_disabled"
            or "message_not_found" or "cant_update_message" or "edit_window_closed" or "block_mismatch" or "thread_not_found" or "channel_is_limited_access"
            or "user_is_restricted" or "not_allowed_for_grid_users" => new PostOutcome.Gone(failed.Error),
        _ when failed.Error.StartsWith("restricted_action", StringComparison.Ordinal) => new PostOutcome.Gone(failed.Error),
        "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" or "team_added_to_org" or "accesslimited" => new PostOutcome.Later(null, failed.Error),
        "missing_scope" => new PostOutcome.Refused($"missing_scope: {failed.Body["needed"]}"),
        _ => new PostOutcome.Refused(string.Join(' ', [failed.Error, .. Pointers(failed.Body)])),
    };

    /// <summary>Where in the blocks the fault is; the words around it may hold texts and are left out.</summary>
    private static IEnumerable<string> Pointers(JsonObject body) =>
        from said in new[] { body["errors"], body["response_metadata"]?["messages"] }.OfType<JsonArray>().SelectMany(list => list).Select(said => (string?)said ?? "")
        let start = said.IndexOf("[json-pointer:", StringComparison.Ordinal)
        where start >= 0
        let end = said.IndexOf(']', start)
        where end > start
        select said[start..(end + 1)];
}
