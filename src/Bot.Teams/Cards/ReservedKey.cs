using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Teams.Cards;

/// <summary>
/// The one key under which a button's <c>data</c> says what it is about. Teams lays the inputs of a card into the same object, an input of
/// the same name over it; so everything of ours is under this key, and no input may be called so.
/// </summary>
public static class ReservedKey
{
    public const string Name = "_ap";

    /// <summary>What Teams itself reads in a button's data.</summary>
    internal const string OfTeams = "msteams";

    /// <summary>The <c>data</c> of an Action.Submit, which has no verb of its own: <c>{"_ap": {"verb": .., "key": ..}}</c>.</summary>
    internal static JsonObject Submit(ActionRef action) => new() { [Name] = new JsonObject { ["verb"] = action.Name, ["key"] = action.Key } };

    /// <summary>Which button was pressed or form was sent; null where the data is none of ours. It is only a pointer and nothing to trust.</summary>
    /// <param name="data">Of <c>adaptiveCard/action</c>, <c>task/fetch</c>, <c>task/submit</c> or a message's <c>value</c>.</param>
    /// <param name="verb">The Action.Execute's; null for an Action.Submit.</param>
    public static ActionRef? Read(JsonElement data, string? verb)
    {
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty(Name, out var ours))
        {
            return null;
        }

        var key = ours;
        if (ours.ValueKind == JsonValueKind.Object)
        {
            verb = ours.TryGetProperty("verb", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
            ours.TryGetProperty("key", out key);
        }

        return !string.IsNullOrEmpty(verb) && key.ValueKind == JsonValueKind.String && key.GetString() is { Length: <= 255 } text ? new ActionRef(verb, text) : null;
    }

    /// <summary>What people typed and chose: everything in the data that is not ours or Teams' own.</summary>
    public static FormValues Typed(JsonElement data) => data.ValueKind != JsonValueKind.Object ? FormValues.Empty : new FormValues(
        data.EnumerateObject().Where(field => field.Name is not (Name or OfTeams)).DistinctBy(field => field.Name).Select(field => KeyValuePair.Create(field.Name, Text(field.Value))));

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };
}
