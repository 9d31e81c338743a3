using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Slack.Blocks;

/// <summary>Translates cards to Block Kit, within every limit of Slack.</summary>
/// <remarks>
/// Blocks of messages have no block_id: Slack makes them, new ones with each update, as its page asks. Inputs have the same in every
/// rendering of their form, so that a window that is updated keeps what is typed in it.
/// </remarks>
public sealed class RenderBlocks(SlackOptions options)
{
    private const int LongestTitle = 24;
    private const int LongestMetadata = 3000;

    /// <summary>A card without inputs, as a message.</summary>
    public SlackMessage Message(Card card)
    {
        var parts = ReadCard.Read(card.Content, options.Charts);
        return new SlackMessage(SayCard.Text(card, parts), CutBlocks.Card(FitBlocks.Message(parts.Body), [.. FitBlocks.Actions(parts.Foot)], CutBlocks.MostInMessage));
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
        var parts = ReadCard.Read(content, charts: false);
        var modal = View("modal", CutBlocks.Form([.. FitBlocks.View(parts.Body), .. FitBlocks.Actions(parts.Foot)], CutBlocks.MostInView), form.Title, metadata);
        modal["callback_id"] = form.Ref.Name;
        modal["submit"] = PlainText.Object(send?["title"]?.ToString() ?? "Send", LongestTitle);
        modal["close"] = PlainText.Object("Cancel", LongestTitle);
        modal["notify_on_close"] = true;
        return modal;
    }

    /// <summary>A card without inputs, as a modal that is only read or pressed.</summary>
    public static JsonObject Modal(Card card, string title, string metadata)
    {
        var modal = View("modal", Page(card), title, metadata);
        modal["close"] = PlainText.Object("Close", LongestTitle);
        return modal;
    }

    /// <summary>A card without inputs, as somebody's App Home.</summary>
    public static JsonObject Home(Card card) => new() { ["type"] = "home", ["blocks"] = Page(card) };

    private static JsonArray Page(Card card)
    {
        var parts = ReadCard.Read(card.Content, charts: false);
        return CutBlocks.Card(FitBlocks.View(parts.Body), [.. FitBlocks.Actions(parts.Foot)], CutBlocks.MostInView);
    }

    private static JsonObject View(string type, JsonArray blocks, string title, string metadata) => new()
    {
        ["type"] = type,
        ["title"] = PlainText.Object(title, LongestTitle),
        ["blocks"] = blocks,
        ["private_metadata"] = metadata.Length <= LongestMetadata ? metadata : throw new ArgumentException("private_metadata takes at most 3000 characters.", nameof(metadata)),
    };
}
