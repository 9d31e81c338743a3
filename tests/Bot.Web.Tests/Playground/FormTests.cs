using System.Net;
using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Web.Tests.Playground;

public sealed class FormTests
{
    private static Form CheckIn() => new(new ActionRef("checkin.send", "round-7"), "Check-in", new Card("checkin", JsonNode.Parse(
        """
        {"type":"AdaptiveCard","version":"1.5","body":[
          {"type":"Input.ChoiceSet","id":"rating","label":"How well?","style":"expanded","choices":[{"title":"4","value":"4"},{"title":"5","value":"5"}]},
          {"type":"Container","items":[
            {"type":"Input.ChoiceSet","id":"struggles","label":"What got in the way?","isMultiSelect":true,"choices":[
              {"title":"odd results","value":"odd"},{"title":"training","value":"training"},{"title":"nothing","value":"nothing"}]}]},
          {"type":"Input.Text","id":"comment","label":"Comment","isMultiline":true,"value":"from the draft"},
          {"type":"Input.Toggle","id":"anonymous","title":"Without my name"}],
         "actions":[{"type":"Action.Execute","title":"Save","verb":"checkin.send","data":{"_ap":"round-7"}}]}
        """)!.AsObject(), "Check-in"));

    /// <summary>Opens the form for Lee and returns its address and its id.</summary>
    private static async Task<(string Page, string Id)> OpenAsync(PlaygroundHost host)
    {
        host.Answers = e => e is CommandTyped ? new Reply.OpenForm(CheckIn()) : new Reply.Silence();
        var answer = await host.PostAsync("/say", "lee", "portfolio", ("text", "/pilot checkin"));
        await using var store = host.Store();
        return (answer.RequestMessage!.RequestUri!.PathAndQuery, store.Forms.Single().Id);
    }

    [Fact]
    public async Task A_form_opens_as_a_dialog_that_survives_a_reload()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var (address, id) = await OpenAsync(host);

        var page = await host.Browser.GetStringAsync(address);

        Assert.Contains($"<dialog open class=\"sheet\" id=\"form-{id}\"", page);
        Assert.Contains("from the draft", page);
        Assert.DoesNotContain("<dialog", await host.Browser.GetStringAsync(address.Replace("as=lee", "as=dana")));
    }

    [Fact]
    public async Task Everything_typed_arrives_with_choices_joined_and_switches_as_true_or_false()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var (_, id) = await OpenAsync(host);

        await host.PostAsync(
            $"/forms/{id}/send", "lee", "portfolio", ("f.rating", ""), ("f.rating", "4"), ("f.struggles", ""), ("f.struggles", "odd"), ("f.struggles", "training"),
            ("f.comment", "line one\r\nline two"), ("f.anonymous", "false"), ("f.anonymous", "true"), ("f.unknown", "x"));

        var sent = Assert.Single(host.Heard.OfType<FormSubmitted>());
        Assert.Equal(new ActionRef("checkin.send", "round-7"), sent.Form);
        Assert.Equal(("4", "line one\nline two", true), (sent.Values["rating"], sent.Values["comment"], sent.Values.IsOn("anonymous")));
        Assert.Equal(["odd", "training"], sent.Values.Choices("struggles"));
        Assert.Equal(4, sent.Values.All.Count);
        await using var store = host.Store();
        Assert.Empty(store.Forms);
    }

    [Fact]
    public async Task A_switch_left_off_arrives_as_false_and_empty_fields_are_absent()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var (_, id) = await OpenAsync(host);

        await host.PostAsync($"/forms/{id}/send", "lee", "portfolio", ("f.rating", ""), ("f.struggles", ""), ("f.comment", " "), ("f.anonymous", "false"));

        var values = Assert.Single(host.Heard.OfType<FormSubmitted>()).Values;
        Assert.Equal(KeyValuePair.Create("anonymous", "false"), Assert.Single(values.All));
    }

    [Fact]
    public async Task Field_errors_show_the_dialog_again_with_each_error_at_its_field_and_everything_typed()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var (_, id) = await OpenAsync(host);
        var errors = new Dictionary<string, string> { ["rating"] = "Choose one.", ["elsewhere"] = "The week is closed." };
        host.Answers = _ => new Reply.FieldErrors(CheckIn(), errors);

        var answer = await host.PostAsync(
            $"/forms/{id}/send", "lee", "portfolio", ("f.rating", ""), ("f.struggles", "training"), ("f.comment", "my <b>words</b>"), ("f.anonymous", "true"));

        var page = await answer.Content.ReadAsStringAsync();
        var tags = CardHtml.Tags(page).ToList();
        Assert.Contains(tags, t => t.Attributes.GetValueOrDefault("aria-describedby") == "f-rating-error" && t.Attributes.GetValueOrDefault("aria-invalid") == "true");
        Assert.Contains("my &lt;b&gt;words&lt;/b&gt;</textarea>", page);
        Assert.Contains(tags, t => t.Attributes.GetValueOrDefault("value") == "training" && t.Attributes.ContainsKey("checked"));
        Assert.Contains(tags, t => t.Attributes.GetValueOrDefault("id") == "f-anonymous" && t.Attributes.ContainsKey("checked"));
        Assert.Contains(tags, t => t.Attributes.GetValueOrDefault("id") == "errors" && t.Attributes.GetValueOrDefault("role") == "alert");
        Assert.Contains(tags, t => t.Attributes.GetValueOrDefault("href") == "#f-rating-0");
        Assert.Contains("The week is closed.", page);
    }

    [Fact]
    public async Task A_field_emptied_by_hand_stays_empty_after_an_error()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var (_, id) = await OpenAsync(host);
        host.Answers = _ => new Reply.FieldErrors(CheckIn(), new Dictionary<string, string> { ["rating"] = "Choose one." });

        var answer = await host.PostAsync($"/forms/{id}/send", "lee", "portfolio", ("f.rating", ""), ("f.comment", ""));

        Assert.DoesNotContain("from the draft", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_was_typed_is_stored_before_the_product_answers()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var (_, id) = await OpenAsync(host);
        host.Answers = e => e is FormSubmitted ? throw new InvalidOperationException("The product broke.") : new Reply.Silence();

        var answer = await host.PostAsync($"/forms/{id}/send", "lee", "portfolio", ("f.comment", "do not lose this"));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("do not lose this", await host.PageAsync("lee", "portfolio", $"&form={id}"));
    }

    [Fact]
    public async Task Sent_again_after_an_end_half_way_the_same_text_is_the_same_delivery_and_another_text_is_another()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var (_, id) = await OpenAsync(host);
        host.Answers = _ => throw new InvalidOperationException("The product has it, and the page is not told.");
        await host.PostAsync($"/forms/{id}/send", "lee", "portfolio", ("f.rating", "4"), ("f.comment", "first"));
        await host.PostAsync($"/forms/{id}/send", "lee", "portfolio", ("f.rating", "4"), ("f.comment", "first"));

        host.Answers = _ => new Reply.Silence();
        await host.PostAsync($"/forms/{id}/send", "lee", "portfolio", ("f.rating", "4"), ("f.comment", "second"));

        var sent = host.Heard.OfType<FormSubmitted>().Select(f => f.Delivery).ToList();
        Assert.Equal(3, sent.Count);
        Assert.Equal(sent[0], sent[1]);
        Assert.NotEqual(sent[0], sent[2]);
        Assert.DoesNotContain(id, sent[0].Value);
    }

    [Fact]
    public async Task Closing_a_form_tells_the_product_what_was_typed_so_far()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var (_, id) = await OpenAsync(host);

        await host.PostAsync($"/forms/{id}/close", "lee", "portfolio", ("f.comment", "half a sent"), ("f.anonymous", "false"));

        var closed = Assert.Single(host.Heard.OfType<FormClosed>());
        Assert.Equal(("half a sent", "checkin.send", "lee"), (closed.Values["comment"], closed.Form.Name, closed.By?.Id));
        Assert.DoesNotContain("<dialog", await host.PageAsync("lee", "portfolio", $"&form={id}"));
    }

    [Fact]
    public async Task Leaving_the_page_tells_the_product_too_and_the_form_stays_open_with_it()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var (address, id) = await OpenAsync(host);

        var answer = await host.PostAsync($"/forms/{id}/draft", "lee", "portfolio", ("f.comment", "half a sent"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("half a sent", Assert.Single(host.Heard.OfType<FormClosed>()).Values["comment"]);
        Assert.Contains("half a sent", await host.Browser.GetStringAsync(address));
    }

    [Fact]
    public async Task A_form_opened_from_a_card_replaces_that_card_when_it_is_sent()
    {
        await using var host = await PlaygroundHost.StartAsync();
        await host.Platform.PostAsync(Bot.Web.Playground.PlaygroundPlatform.Workspace, PlaygroundHost.To("portfolio"), PlaygroundHost.TextCard("please answer"), "k", default);
        host.Answers = e => e is CardAction ? new Reply.OpenForm(CheckIn()) : new Reply.ReplaceCard(PlaygroundHost.TextCard("saved"));
        await host.PostAsync("/messages/1/press", "lee", "portfolio", ("pg.press", "answer|round-7"));
        string id;
        await using (var store = host.Store())
        {
            id = store.Forms.Single().Id;
        }

        await host.PostAsync($"/forms/{id}/send", "lee", "ticket-triage", ("f.rating", "4"));

        var sent = Assert.Single(host.Heard.OfType<FormSubmitted>());
        Assert.Equal((new MessageRef("portfolio", "1"), "portfolio"), (sent.On, sent.In?.Id));
        var page = await host.PageAsync("dana", "portfolio");
        Assert.Contains("saved", page);
        Assert.DoesNotContain("please answer", page);
    }

    [Fact]
    public async Task Somebody_elses_form_is_not_found()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var (_, id) = await OpenAsync(host);

        var answer = await host.PostAsync($"/forms/{id}/send", "dana", "portfolio", ("f.rating", "4"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(host.Heard.OfType<FormSubmitted>());
    }

    [Fact]
    public async Task A_form_opened_twice_is_open_once()
    {
        await using var host = await PlaygroundHost.StartAsync();
        await OpenAsync(host);
        await OpenAsync(host);
    }
}
