using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Bot.Web.Playground;

namespace Bot.Web.Tests.Playground;

public sealed class DoorTests
{
    private static FormUrlEncodedContent Hello => new(new Dictionary<string, string> { ["pg.as"] = "dana", ["pg.in"] = "portfolio", ["text"] = "hello" });

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData("none", null)]
    [InlineData("cross-site", "the page's own")]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "null")]
    [InlineData(null, null)]
    public async Task A_post_that_does_not_come_from_the_page_is_refused(string? site, string? origin)
    {
        await using var host = await PlaygroundHost.StartAsync();
        using var stranger = host.Stranger(site, origin == "the page's own" ? host.Browser.BaseAddress!.ToString().TrimEnd('/') : origin);

        var answer = await stranger.PostAsync("/playground/say", Hello);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await using var store = host.Store();
        Assert.Empty(store.Messages);
    }

    [Fact]
    public async Task An_older_browser_is_known_by_its_origin()
    {
        await using var host = await PlaygroundHost.StartAsync();
        using var older = host.Stranger(origin: host.Browser.BaseAddress!.ToString().TrimEnd('/'));

        Assert.Equal(HttpStatusCode.OK, (await older.PostAsync("/playground/say", Hello)).StatusCode);
    }

    [Theory]
    [InlineData(2 * 1024 * 1024, false)]
    [InlineData(2 * 1024 * 1024, true)]
    [InlineData(ReadPost.MostBytes + 1, false)]
    [InlineData(ReadPost.MostBytes + 1, true)]
    public async Task A_body_that_is_too_large_is_answered_413(int bytes, bool chunked)
    {
        await using var host = await PlaygroundHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/playground/say") { Content = new ByteArrayContent(new byte[bytes]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        request.Headers.TransferEncodingChunked = chunked;

        var answer = await host.Browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("Too large", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut off")]
    [InlineData("text/plain", "pg.as=dana")]
    public async Task A_malformed_form_is_answered_400_with_a_plain_page(string type, string body)
    {
        await using var host = await PlaygroundHost.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var answer = await host.Browser.PostAsync("/playground/say", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("<h1>Not understood</h1>", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_form_with_thousands_of_fields_is_answered_400()
    {
        await using var host = await PlaygroundHost.StartAsync();

        var answer = await host.PostAsync("/say", "dana", "portfolio", [.. Enumerable.Range(0, 5000).Select(n => ($"f.{n}", "x"))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/playground?as=nobody&in=portfolio")]
    [InlineData("/playground?as=dana&in=nowhere")]
    [InlineData("/playground?as=dana&in=dm-lee")]
    [InlineData("/playground?as=dana&in=portfolio&thread=77")]
    [InlineData("/playground?as=dana&in=portfolio&thread=x")]
    [InlineData("/playground/assets/other.css")]
    [InlineData("/playground/assets/..%2Fappsettings.json")]
    public async Task Unknown_addresses_are_not_found(string address)
    {
        await using var host = await PlaygroundHost.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await host.Browser.GetAsync(address)).StatusCode);
    }

    [Theory]
    [InlineData("/messages/77/press")]
    [InlineData("/messages/77/dismiss")]
    [InlineData("/forms/none/send")]
    [InlineData("/forms/none/close")]
    [InlineData("/forms/none/draft")]
    public async Task Unknown_things_cannot_be_pressed_or_sent(string path)
    {
        await using var host = await PlaygroundHost.StartAsync();
        var heard = host.Heard.Count;

        var answer = await host.PostAsync(path, "dana", "portfolio", ("pg.press", "a|b"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(heard, host.Heard.Count);
    }

    [Fact]
    public async Task Pages_allow_only_this_sites_own_script_and_style_and_carry_none_inside()
    {
        await using var host = await PlaygroundHost.StartAsync();
        await host.Platform.PostAsync(PlaygroundPlatform.Workspace, PlaygroundHost.To("portfolio"), PlaygroundHost.TextCard("x"), "key", default);

        using var answer = await host.Browser.GetAsync("/playground?as=dana&in=portfolio");

        var tags = CardHtml.Tags(await answer.Content.ReadAsStringAsync()).ToList();
        Assert.Equal([PageHeaders.ContentSecurityPolicy], answer.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain(tags, t => t.Name == "style" || t.Attributes.ContainsKey("style"));
        Assert.All(tags.Where(t => t.Name == "script"), t => Assert.StartsWith("/playground/assets/playground.js", t.Attributes["src"]));
    }

    [Theory]
    [InlineData("playground.css", "text/css")]
    [InlineData("cards.css", "text/css")]
    [InlineData("playground.js", "text/javascript")]
    [InlineData("words.js", "text/javascript")]
    [InlineData("playground.svg", "image/svg+xml")]
    public async Task Assets_have_their_type_and_are_not_sent_twice(string name, string type)
    {
        await using var host = await PlaygroundHost.StartAsync();
        using var first = await host.Browser.GetAsync("/playground/assets/" + name);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/playground/assets/" + name);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await host.Browser.SendAsync(again);

        Assert.Equal(type, first.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Without_a_person_one_becomes_the_first()
    {
        await using var host = await PlaygroundHost.StartAsync();

        using var answer = await host.Browser.GetAsync("/playground");

        Assert.Equal("/playground?as=dana", answer.RequestMessage!.RequestUri!.PathAndQuery);
    }
}
