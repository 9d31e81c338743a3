using System.Text;
using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Chat;

namespace Bot.Slack.Blocks;

/// <summary>Translates cards to Block Kit, within every limit of Slack.</summary>
public sealed class RenderBlocks(SlackOptions options)
{
    private const int MostInMessage = 50;
    private const int MostInView = 100;
    private const int LongestText = 4000;
    private const int LongestTitle = 24;
    private const int LongestMetadata = 3000;

    /// <summary>A card without inputs, as a message.</summary>
    public SlackMessage Message(Card card)
    {
        var parts = ReadCard.Read(card.Content, options.Charts);
        return new SlackMessage(Words(card, parts), FitBlocks.Fit(parts, MostInMessage, withTable: true));
    }

    /// <summary>A form as a modal: <c>callback_id</c> is its name, <c>block_id</c> and <c>action_id</c> of each input are its field's id.</summary>
    /// <param name="metadata">Comes back as <c>private_metadata</c>; at most 3000 characters.</param>
    public static JsonObject Modal(Form form, string metadata)
    {
        // The submit button is the modal's own; other buttons stay where they are.
        var content = form.Card.Content.DeepClone().AsObject();
        var actions = (content["actions"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var send = actions.Find(action => (string?)action["verb"] == form.Ref.Name);
        content["actions"] = new JsonArray([.. actions.Where(action => action != send).Select(action => action.DeepClone())]);
        var modal = View("modal", FitBlocks.Fit(ReadCard.Read(content, charts: false), MostInView, withTable: false), form.Title, metadata);
        modal["callback_id"] = form.Ref.Name;
        modal["submit"] = PlainText.Object(send?["title"]?.ToString() ?? "Send", LongestTitle);
        modal["close"] = PlainText.Object("Cancel", LongestTitle);
        modal["notify_on_close"] = true;
        return modal;
    }

    /// <summary>A card without inputs, as a modal that is only read or pressed.</summary>
    public static JsonObject Modal(Card card, string title, string metadata)
    {
        var modal = View("modal", FitBlocks.Fit(ReadCard.Read(card.Content, charts: false), MostInView, withTable: false), title, metadata);
        modal["close"] = PlainText.Object("Close", LongestTitle);
        return modal;
    }

    /// <summary>A card without inputs, as somebody's App Home.</summary>
    public static JsonObject Home(Card card) =>
        new() { ["type"] = "home", ["blocks"] = FitBlocks.Fit(ReadCard.Read(card.Content, charts: false), MostInView, withTable: false) };

    private static JsonObject View(string type, JsonArray blocks, string title, string metadata) => new()
    {
        ["type"] = type,
        ["title"] = PlainText.Object(title, LongestTitle),
        ["blocks"] = blocks,
        ["private_metadata"] = metadata.Length <= LongestMetadata ? metadata : throw new ArgumentException("private_metadata takes at most 3000 characters.", nameof(metadata)),
    };

    /// <summary>Everything the card says, because screen readers read this text and skip the blocks ("chat.postMessage", accessibility).</summary>
    private static string Words(Card card, IReadOnlyList<Part> parts)
    {
        var text = new StringBuilder(card.Text);
        foreach (var line in parts.SelectMany(Lines).Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            if (!card.Text.Contains(line, StringComparison.Ordinal))
            {
                text.Append('\n').Append(line);
            }
        }

        // Shortened first: a cut must not go through an escaped character.
        var shown = PlainText.Escape(Say.Shortened(text.ToString(), LongestText));
        while (shown.Length > LongestText)
        {
            text.Length = Math.Max(1, Math.Min(text.Length, LongestText) - (shown.Length - LongestText));
            shown = PlainText.Escape(Say.Shortened(text.Append('…').ToString(), LongestText));
        }

        return shown;
    }

    private static IEnumerable<string> Lines(Part part) => part switch
    {
        Part.Heading heading => [heading.Text],
        Part.Words words => [PlainText.Of(words.Runs)],
        Part.Beside beside => beside.Said.Select(words => PlainText.Of(words.Runs)),
        Part.Grid grid => grid.Rows.Select(row => string.Join(" · ", row)),
        Part.Field field => [field.Label],
        _ => [],
    };
}
