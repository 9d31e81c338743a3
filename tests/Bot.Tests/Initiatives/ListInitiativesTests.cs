using Bot.Chat;
using Bot.Initiatives;

namespace Bot.Tests.Initiatives;

public sealed class ListInitiativesTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task An_empty_register_says_how_to_begin()
    {
        Assert.Contains("/pilot new", Shown(await _product.TypeAsync("dev", "list")));
    }

    [Fact]
    public async Task It_is_grouped_by_stage_with_weeks_owner_loop_and_what_is_open()
    {
        await _product.StartLoopAsync();
        await _product.RegisterAsync("Ticket triage", since: "2026-09-28T00:00:00Z");
        var stalled = await _product.RegisterAsync("Lead scoring", Stage.Stalled, owner: "ben", since: "2026-10-12T00:00:00Z");
        await _product.RegisterAsync("Invoice reader", Stage.Stalled, since: "2026-11-22T00:00:00Z");
        await _product.PressAsync("dev", AnswerObstacle.Action, stalled.ToString());
        await _product.SendAsync("dev", new ActionRef(AnswerObstacle.FormName, stalled.ToString()), new() { ["cause"] = "DataQuality", ["sentence"] = "not *ready*" });

        var shown = Shown(await _product.TypeAsync("dev", "list"));

        Assert.Contains("2 pilot, 2 stalled", shown);
        Assert.Contains("Churn predictor** · pilot, week 1 of 12 · owner Ana · loop runs · open: capability, behaviour change, user group and", shown);
        Assert.Contains("Ticket triage** · pilot, week 9 of 12 · no owner · no loop", shown);
        Assert.Contains("Lead scoring** · stalled 6 weeks ago · owner Ben", shown);
        Assert.Contains("data quality: \"not *ready*\"", shown);
        Assert.Contains("no cause recorded", shown);
        Assert.True(shown.IndexOf("Pilot", StringComparison.Ordinal) < shown.IndexOf("Stalled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Thirty_are_shown_and_the_rest_is_counted()
    {
        foreach (var n in Enumerable.Range(1, 33))
        {
            await _product.RegisterAsync($"Initiative {n:00}", since: $"2026-09-01T00:{n:00}:00Z");
        }

        var shown = Shown(await _product.TypeAsync("dev", "list"));

        Assert.Contains("33 initiatives", shown);
        Assert.Contains("Initiative 30", shown);
        Assert.DoesNotContain("Initiative 31", shown);
        Assert.Contains("And 3 more.", shown);
    }

    [Fact]
    public async Task A_name_shows_that_one_whole_to_anybody_and_its_buttons_to_who_may_press_them()
    {
        await _product.RegisterAsync("Lead scoring", Stage.Stalled, owner: "ben", since: "2026-10-12T00:00:00Z", but: i => i.WhatDoesNot = "nobody is scored");

        var (anybody, owner) = (Shown(await _product.TypeAsync("dev", "list lead")), Shown(await _product.TypeAsync("ben", "list lead")));

        Assert.Contains("nobody is scored", anybody);
        Assert.Contains("What prevented it?", anybody);
        Assert.DoesNotContain("Move stage", anybody);
        Assert.Contains("Move stage", owner);
        Assert.Contains("Edit", owner);
    }

    [Fact]
    public async Task Another_workspace_lists_its_own()
    {
        await _product.RegisterAsync("Lead scoring");

        var shown = Shown(await _product.HearAsync(new CommandTyped(_product.Next(), new WorkspaceRef(RecordingChat.TheName, "globex", "Globex"), new ChatPerson("eve", "Eve", IsAdmin: true), _product.Personal("eve"), "list")));

        Assert.DoesNotContain("Lead scoring", shown);
    }

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);
}
