using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Digests;

namespace Bot.Benchmarks;

/// <summary>How long it takes to fill the card there is most of, and the largest one.</summary>
[MemoryDiagnoser]
public class CardExpansion
{
    private readonly CardBook _book = CardBook.Open();
    private readonly CheckInPromptCard _prompt = Sample<CheckInPromptCard>();
    private readonly DigestCard _digest = Sample<DigestCard>();

    /// <summary>In this process: the default toolchain would restore and build a project of its own.</summary>
    public static void Measure() => BenchmarkRunner.Run<CardExpansion>(
        DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithOptions(ConfigOptions.DisableLogFile));

    [Benchmark]
    public Card Prompt() => _book.Fill(_prompt);

    [Benchmark]
    public Card Digest() => _book.Fill(_digest);

    private static TCard Sample<TCard>()
        where TCard : ICardData =>
        JsonSerializer.Deserialize<TCard>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cards", "samples", TCard.Template + ".json")), JsonSerializerOptions.Web)!;
}
