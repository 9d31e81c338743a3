using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FakeTeams.Issuer;

/// <summary>Signs what reaches the bot, as the Bot Connector does: an OpenID issuer of which each key is endorsed for channels.</summary>
public sealed class ConnectorIssuer(TimeProvider clock) : IDisposable
{
    public const string Name = "https://api.botframework.com";

    public const string MetadataPath = "/v1/.well-known/openidconfiguration";

    public const string KeysPath = "/v1/.well-known/keys";

    private readonly Dictionary<SigningKey, RSA> _keys = Enum.GetValues<SigningKey>().ToDictionary(key => key, _ => RSA.Create(2048));

    /// <summary>Part of every key's id; a new one after <see cref="Roll"/>.</summary>
    private int _generation = 1;

    public string Token(TokenWish wish)
    {
        var now = clock.GetUtcNow();
        var header = new JsonObject { ["alg"] = wish.Algorithm, ["typ"] = "JWT", ["kid"] = Id(wish.Key) };
        var payload = new JsonObject
        {
            ["iss"] = wish.Issuer,
            ["aud"] = wish.Audience,
            ["nbf"] = (now + wish.BeginsIn).ToUnixTimeSeconds(),
            ["exp"] = (now - wish.EndedAgo).ToUnixTimeSeconds(),
        };
        if (wish.ServiceUrl is { } serviceUrl)
        {
            payload["serviceurl"] = serviceUrl;
        }

        var signed = $"{Part(header)}.{Part(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Signature(wish, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <param name="root">Under which address the keys are found: the one the document was asked at.</param>
    public JsonObject Metadata(string root) => new()
    {
        ["issuer"] = Name,
        ["authorization_endpoint"] = "https://invalid.botframework.com",
        ["jwks_uri"] = root + KeysPath,
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt"),
    };

    public JsonObject Keys() => new()
    {
        ["keys"] = new JsonArray([.. _keys.Where(key => key.Key != SigningKey.Unpublished).Select(JsonNode (key) => Published(key.Key, key.Value))]),
    };

    /// <summary>New keys for the old ones, as the real one does every few days.</summary>
    public void Roll()
    {
        _generation++;
        foreach (var key in _keys.Keys.ToList())
        {
            _keys[key].Dispose();
            _keys[key] = RSA.Create(2048);
        }
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private byte[] Signature(TokenWish wish, byte[] signed) => wish.Algorithm switch
    {
        "none" => [],
        "HS256" => HMACSHA256.HashData(_keys[wish.Key].ExportSubjectPublicKeyInfo(), signed),
        "RS256" => _keys[wish.Key].SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        _ => throw new NotSupportedException(wish.Algorithm),
    };

    private JsonObject Published(SigningKey name, RSA key)
    {
        var parts = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = Id(name),
            ["n"] = Base64Url.EncodeToString(parts.Modulus),
            ["e"] = Base64Url.EncodeToString(parts.Exponent),
            ["endorsements"] = name == SigningKey.Endorsed ? new JsonArray("msteams", "skype") : new JsonArray("webchat"),
        };
    }

    private string Id(SigningKey key) => $"{key}-{_generation}";

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
