using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Teams.Cards;
using Bot.Tests.Cards;

namespace Bot.Teams.Tests.Cards;

/// <summary>Every sample as Teams gets it, at every place where it may be shown.</summary>
internal static class TeamsCards
{
    public const string Personal = "personal";
    public const string Group = "group";
    public const string Channel = "channel";
    public const string Dialog = "dialog";

    public static RenderTeams Render { get; } = new(CardFiles.Catalogue);

    /// <summary>One of those that are the same at several places.</summary>
    public static IEnumerable<(string Sample, string Place, JsonObject Card)> Different =>
        CardFiles.Samples.Keys.SelectMany(sample => Everywhere(sample).Select(shown => (sample, shown.Place, shown.Card))).DistinctBy(shown => shown.Card.ToJsonString());

    /// <summary>A form is in the personal chat or in a dialog; any other card may be anywhere.</summary>
    public static IEnumerable<(string Place, JsonObject Card)> Everywhere(string sample)
    {
        if (CardFiles.IsForm(CardFiles.TemplateOf(sample)))
        {
            var form = Form(sample);
            return [(Personal, Render.Form(form, inDialog: false)), (Dialog, Render.Form(form, inDialog: true))];
        }

        var card = CardFiles.Fill(sample);
        return
        [
            (Personal, Render.Card(card, ConversationKind.Personal)), (Group, Render.Card(card, ConversationKind.Group)),
            (Channel, Render.Card(card, ConversationKind.Channel)), (Dialog, Render.Dialog(card)),
        ];
    }

    public static Form Form(string sample)
    {
        var card = CardFiles.Fill(sample);
        var send = CardFiles.OfType(card.Content, "Action.Execute").Single();
        return new Form(new ActionRef((string)send["verb"]!, (string)send["data"]!["_ap"]!), "Form", card);
    }

    public static Card Card(params JsonObject[] body) =>
        new("notice", new JsonObject { ["type"] = "AdaptiveCard", ["version"] = "1.5", ["fallbackText"] = "Something.", ["body"] = new JsonArray([.. body]) }, "Something.");

    public static JsonObject Text(string text) => new() { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true };

    public static JsonObject Button(string title, string verb, string key) =>
        new() { ["type"] = "Action.Execute", ["title"] = title, ["verb"] = verb, ["data"] = new JsonObject { ["_ap"] = key } };

    public static JsonObject Row(params JsonObject[] buttons) => new() { ["type"] = "ActionSet", ["actions"] = new JsonArray([.. buttons]) };
}
