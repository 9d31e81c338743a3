using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Web.Playground.Cards;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Web.Tests.Playground;

/// <summary>Renders cards and takes their HTML apart.</summary>
internal static partial class CardHtml
{
    public static string Render(JsonObject card, CardSheet? sheet = null)
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<CardView>(ParameterView.FromDictionary(
            new Dictionary<string, object?> { [nameof(CardView.Content)] = card, [nameof(CardView.Sheet)] = sheet ?? CardSheet.Of("m1") }))).ToHtmlString())
            .GetAwaiter().GetResult();
    }

    public static JsonObject Card(params JsonNode[] body) => new() { ["type"] = "AdaptiveCard", ["version"] = "1.5", ["body"] = new JsonArray(body) };

    public static JsonObject Text(string text) => new() { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true };

    /// <summary>Every start tag, as its name and its attributes with decoded values.</summary>
    public static IEnumerable<(string Name, Dictionary<string, string> Attributes)> Tags(string html) =>
        from Match tag in StartTag().Matches(html)
        select (tag.Groups["name"].Value, Attribute().Matches(tag.Groups["rest"].Value)
            .DistinctBy(a => a.Groups["name"].Value)
            .ToDictionary(a => a.Groups["name"].Value, a => WebUtility.HtmlDecode(a.Groups["value"].Value)));

    /// <summary>What a person reads.</summary>
    public static string Words(string html) => WebUtility.HtmlDecode(AnyTag().Replace(html, ""));

    [GeneratedRegex("<(?<name>[a-zA-Z][^\\s/>]*)(?<rest>[^<>]*)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex StartTag();

    [GeneratedRegex("\\s(?<name>[^\\s=\"]+)(=\"(?<value>[^\"]*)\")?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Attribute();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex AnyTag();
}
