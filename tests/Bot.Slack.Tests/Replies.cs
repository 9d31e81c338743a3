using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Chat;

namespace Bot.Slack.Tests;

/// <summary>Replies of a product, small ones.</summary>
internal static class Replies
{
    private static readonly CardBook Cards = CardBook.Open();

    public static Reply.Silence Silence { get; } = new();

    public static Card Card(string words) => Cards.Fill(new Notice(words));

    public static Reply.Whisper Whisper(string words) => new(Card(words));

    public static Reply.ReplaceCard Replace(string words) => new(Card(words));

    /// <summary>A form with a text field "name" and a button that sends it.</summary>
    public static Form Form(string key = "k1", string name = "name-form") => new(new ActionRef(name, key), "A form", new Card(name, JsonNode.Parse($$$"""
        {"type":"AdaptiveCard","version":"1.5","fallbackText":"A form",
         "body":[{"type":"Input.Text","id":"name","label":"Name","isRequired":true},{"type":"Input.Text","id":"more","label":"More"}],
         "actions":[{"type":"Action.Execute","title":"Save","verb":"{{{name}}}","data":{"_ap":"{{{key}}}"}}]}
        """)!.AsObject(), "A form"));

    /// <summary>A card with one button "Press", verb <c>press</c> and key <c>k1</c>.</summary>
    public static Card Pressable(string words = "A card") => new("pressable", JsonNode.Parse($$$"""
        {"type":"AdaptiveCard","version":"1.5","fallbackText":"{{{words}}}","body":[{"type":"TextBlock","text":"{{{words}}}","wrap":true}],
         "actions":[{"type":"Action.Execute","title":"Press","verb":"press","data":{"_ap":"k1"}}]}
        """)!.AsObject(), words);
}
