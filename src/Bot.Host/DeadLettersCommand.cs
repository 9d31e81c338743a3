using Bot.Chat;
using Bot.Delivery;

namespace Bot.Host;

/// <summary><c>dead-letters [list | resend ...]</c>: shows what was not delivered, and sends it again. The host may run meanwhile.</summary>
public static class DeadLettersCommand
{
    public const string Word = "dead-letters";

    public const string Usage = """
        Shows the cards that were refused, or given up after 48 hours, and sends them again. The host may run meanwhile; it takes them within seconds.

          dead-letters [list] [--workspace ID]
          dead-letters resend ID
          dead-letters resend --all [--workspace ID]

        A card that makes no sense any more is told and not sent: its person or channel is gone, its week closed more than 48 hours ago, a later change is out.
        """;

    private const string Workspace = "--workspace";
    private const string All = "--all";
    private const int Ok = 0;
    private const int NotAll = 1;
    private const int Misused = 2;
    private const int MostListed = 200;

    /// <param name="args">The program's, the word <c>dead-letters</c> first.</param>
    /// <param name="services">Of the host, its store migrated.</param>
    /// <returns>0 done, 1 some were not sent, 2 asked for in a way that cannot be done.</returns>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, TextWriter error, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var list = scope.ServiceProvider.GetRequiredService<ListDeadLetters>();
        var typed = TypedOptions.Parse(args.AsSpan(1), [Workspace], [All], out _);
        var workspace = typed?.Values.GetValueOrDefault(Workspace);
        switch (typed?.Others, typed?.Switches.Contains(All))
        {
            case ([] or ["list"], false):
                return await TellAsync(await list.RunAsync(workspace, ct), output);
            case (["resend"], true):
                return await ResendAsync((await list.RunAsync(workspace, ct)).Select(letter => letter.Id), services, output, ct);
            case (["resend", var id], false) when workspace is null && Id.Parse<OutboxId>(id) is { } one:
                return await ResendAsync([one], services, output, ct);
            default:
                await error.WriteLineAsync(Usage);
                return Misused;
        }
    }

    private static async Task<int> TellAsync(IReadOnlyList<DeadLetter> letters, TextWriter output)
    {
        if (letters.Count == 0)
        {
            await output.WriteLineAsync("There are no dead letters.");
            return Ok;
        }

        await output.WriteLineAsync($"{"id",-32}  {"since (UTC)",-16}  {"kind",-20}  workspace, why");
        foreach (var letter in letters.Take(MostListed))
        {
            await output.WriteLineAsync($"{letter.Id}  {letter.Since.UtcDateTime:yyyy-MM-dd HH:mm}  {letter.Kind,-20}  {PlainText.Of(letter.Workspace)} ({letter.Platform}), {letter.Why}");
        }

        if (letters.Count > MostListed)
        {
            await output.WriteLineAsync($"and {letters.Count - MostListed} more");
        }

        return Ok;
    }

    private static async Task<int> ResendAsync(IEnumerable<OutboxId> ids, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var (sent, not) = (0, 0);
        foreach (var id in ids)
        {
            await using var scope = services.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<ResendDeadLetter>().RunAsync(id, ct) is ResendOutcome.NotSent { Why: var why })
            {
                not++;
                await output.WriteLineAsync($"{id}  not sent: {why}");
            }
            else
            {
                sent++;
            }
        }

        await output.WriteLineAsync($"{sent} {(sent == 1 ? "card waits" : "cards wait")} to be sent again.");
        return not > 0 ? NotAll : Ok;
    }
}
