using System.Text.Json;
using Bot.Chat;
using Bot.Teams.Addresses;
using Bot.Teams.Cards;
using Microsoft.AspNetCore.Http;

namespace Bot.Teams.Inbound;

/// <summary>One activity, verified: who sent it and from where is noted, and it goes to what takes its kind.</summary>
internal sealed class TakeActivity(TakeWords words, TakeButton buttons, TakeDialog dialogs, TakePresence presence, References references, TimeProvider clock)
{
    public async Task<TeamsAnswer> TakeAsync(Activity activity, CancellationToken ct)
    {
        switch (activity.Type)
        {
            case "conversationUpdate":
                return await presence.ChangedAsync(activity, ct);
            case "installationUpdate":
                return await presence.InstalledAsync(activity, ct);
            case "message" or "invoke" when await references.NoteAsync(activity.Seen(clock.GetUtcNow()), ct) is { } by:
                return activity.Type == "invoke" ? await InvokedAsync(activity, by) : await SaidAsync(activity, by);
            // Typing, reactions, edits, read receipts: nothing to do.
            default:
                return activity.Type == "invoke" ? new TeamsAnswer(StatusCodes.Status501NotImplemented) : new TeamsAnswer();
        }
    }

    /// <summary>Of a closed set, for measuring.</summary>
    public static string Kind(Activity activity) => (activity.Type, activity.Json.Text("name")) switch
    {
        ("message", _) => "message",
        ("invoke", "adaptiveCard/action") => "action",
        ("invoke", "task/fetch" or "task/submit") => "dialog",
        ("conversationUpdate" or "installationUpdate", _) => "presence",
        _ => "other",
    };

    private Task<TeamsAnswer> InvokedAsync(Activity activity, ChatPerson by) => activity.Json.Text("name") switch
    {
        "adaptiveCard/action" => buttons.PressedAsync(activity, by),
        "task/fetch" or "task/submit" => dialogs.TakeAsync(activity, by),
        _ => Task.FromResult(new TeamsAnswer(StatusCodes.Status501NotImplemented)),
    };

    /// <summary>An Action.Submit comes as a message with a value and no words.</summary>
    private Task<TeamsAnswer> SaidAsync(Activity activity, ChatPerson by) =>
        activity.Json.At("value") is { ValueKind: JsonValueKind.Object } data && ReservedKey.Read(data, null) is { } action
            ? buttons.SubmittedAsync(activity, by, data, action)
            : words.TakeAsync(activity, by);
}
