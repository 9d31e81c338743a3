using System.Net;
using System.Text.RegularExpressions;

namespace Bot.Host.Tests;

/// <summary>Somebody in the playground, who does what its page does with its scripts off: reads the HTML and posts the forms in it.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _http;

    public Visitor(Uri host, string person)
    {
        Person = person;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host, Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    public string Person { get; }

    public string Direct => "dm-" + Person;

    public Task<string> PageAsync(string conversation, string more = "") =>
        _http.GetStringAsync($"/playground?as={Person}&in={conversation}{more}");

    public Task<HttpResponseMessage> GetAsync(string address) => _http.GetAsync(address);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) => _http.PostAsync("/playground" + path, content);

    public Task<HttpResponseMessage> PostAsync(string path, string conversation, params IEnumerable<(string Name, string Value)> fields) =>
        PostAsync(path, new FormUrlEncodedContent(
            new[] { ("pg.as", Person), ("pg.in", conversation) }.Concat(fields).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));

    public Task<HttpResponseMessage> SayAsync(string conversation, string text) => PostAsync("/say", conversation, ("text", text));

    /// <summary>Presses the last button of this verb that the page shows; null while it shows none. Returns what came next.</summary>
    public async Task<HttpResponseMessage?> PressAsync(string conversation, string verb)
    {
        var found = Button(await PageAsync(conversation), verb);
        return found is not { } button ? null : await PostAsync($"/messages/{button.Message}/press", conversation, ("pg.press", button.Value));
    }

    /// <summary>Presses a button that opens a form; the form's id, or null while the page shows no such button.</summary>
    public async Task<string?> OpenAsync(string conversation, string verb) =>
        await PressAsync(conversation, verb) is { } answer ? FormOf(answer) : null;

    public Task<HttpResponseMessage> SendAsync(string form, string conversation, params IEnumerable<(string Field, string Value)> typed) =>
        PostAsync($"/forms/{form}/send", conversation, typed.Select(t => ("f." + t.Field, t.Value)));

    /// <summary>The form that an answer opens, or keeps open.</summary>
    public static string? FormOf(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.SeeOther && FormId().Match(answer.Headers.Location!.ToString()) is { Success: true } match ? match.Groups["id"].Value : null;

    /// <summary>The form was taken: the page comes again without it.</summary>
    public static bool IsTaken(HttpResponseMessage answer) => answer.StatusCode == HttpStatusCode.SeeOther && FormOf(answer) is null;

    public void Dispose() => _http.Dispose();

    private static (string Message, string Value)? Button(string html, string verb)
    {
        foreach (var part in html.Split("/messages/").Reverse())
        {
            if (ButtonValue().Matches(part).Select(m => WebUtility.HtmlDecode(m.Groups["value"].Value)).LastOrDefault(v => v.StartsWith(verb + "|", StringComparison.Ordinal)) is { } value)
            {
                return (part[..part.IndexOf('/')], value);
            }
        }

        return null;
    }

    [GeneratedRegex("[?&]form=(?<id>[^&]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormId();

    [GeneratedRegex("name=\"pg.press\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ButtonValue();
}
