from pathlib import Path

import pytest
from platformdirs import user_cache_path

from prodsim.catalog import open_catalog
from prodsim.config import load_settings
from prodsim.encoders import status
from prodsim.errors import CacheError, CatalogError, ConfigError, UnknownEncoder


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    """What `conftest` sets would be no default."""
    monkeypatch.delenv("PRODSIM_CACHE_DIR")
    monkeypatch.delenv("PRODSIM_OFFLINE")


def test_without_variables_the_demo_vgg16_and_the_users_cache_are_used():
    settings = load_settings()
    assert settings.catalog is None
    assert settings.encoder == "vgg16"
    assert settings.offline is False
    assert settings.cache_dir == user_cache_path("prodsim", appauthor=False)
    assert settings.weights_dir == settings.cache_dir / "weights"


def test_every_variable_is_read(monkeypatch, tmp_path):
    for name, value in {
        "CATALOG": "shop",
        "CACHE_DIR": str(tmp_path),
        "WEIGHTS_DIR": "~/weights",
        "ENCODER": "pixels",
        "OFFLINE": "1",
    }.items():
        monkeypatch.setenv(f"PRODSIM_{name}", value)
    settings = load_settings()
    assert settings.catalog == Path.cwd() / "shop"
    assert settings.cache_dir == tmp_path
    assert settings.weights_dir == Path.home() / "weights"
    assert settings.encoder == "pixels"
    assert settings.offline is True


def test_an_empty_variable_is_as_none(monkeypatch):
    for name in ("CATALOG", "CACHE_DIR", "WEIGHTS_DIR", "ENCODER", "OFFLINE"):
        monkeypatch.setenv(f"PRODSIM_{name}", "")
    assert load_settings().encoder == "vgg16"


def test_weights_follow_the_cache_unless_they_have_a_place_of_their_own(monkeypatch, tmp_path):
    monkeypatch.setenv("PRODSIM_CACHE_DIR", str(tmp_path))
    assert load_settings().weights_dir == tmp_path / "weights"


# nonsense


@pytest.mark.parametrize("name", ["CATALOG", "CACHE_DIR", "WEIGHTS_DIR"])
def test_a_home_folder_that_does_not_exist_is_refused_by_the_name_of_its_variable(monkeypatch, name):
    monkeypatch.setenv(f"PRODSIM_{name}", "~nobody-of-this-name/x")
    with pytest.raises(ConfigError, match=f"PRODSIM_{name} is '~nobody-of-this-name/x'.+whole path instead of ~"):
        load_settings()


@pytest.mark.parametrize("field", ["catalog", "cache_dir", "weights_dir"])
def test_a_path_with_nul_is_refused(field):
    with pytest.raises(ConfigError, match=f"PRODSIM_{field.upper()} is 'a.+NUL|nul"):
        load_settings(**{field: "a\0b"})


def test_a_path_is_repeated_as_it_was_given():
    with pytest.raises(
        ConfigError, match="CATALOG is '~nobody-of-this-name', which is not usable: could not determine"
    ):
        load_settings(catalog=Path("~nobody-of-this-name"))


@pytest.mark.parametrize("value", ["maybe", "2", "offline"])
def test_offline_is_yes_or_no(monkeypatch, value):
    monkeypatch.setenv("PRODSIM_OFFLINE", value)
    with pytest.raises(ConfigError, match=f"PRODSIM_OFFLINE is '{value}', which is not usable: .+ Correct"):
        load_settings()


def test_an_encoder_that_does_not_exist_is_refused_with_those_that_do(monkeypatch):
    monkeypatch.setenv("PRODSIM_ENCODER", "resnet")
    settings = load_settings()
    with pytest.raises(UnknownEncoder, match=r"no encoder 'resnet'. Choose one of: vgg16, mini, mobilenet_025"):
        status(settings.encoder, settings)


@pytest.mark.parametrize("value", ["/nowhere/at/all", "x" * 5000])
def test_a_catalog_that_does_not_exist_is_refused_by_the_name_of_its_variable(monkeypatch, value):
    monkeypatch.setenv("PRODSIM_CATALOG", value)
    with pytest.raises(CatalogError, match=r"There is no catalog .+ Set PRODSIM_CATALOG or --catalog"):
        open_catalog(load_settings())


@pytest.mark.parametrize("below", ["", "deeper/down"])
def test_a_cache_that_is_a_file_is_refused_by_the_name_of_its_variable(monkeypatch, tmp_path, below):
    (tmp_path / "file").touch()
    monkeypatch.setenv("PRODSIM_CACHE_DIR", str(tmp_path / "file" / below))
    with pytest.raises(CacheError, match=r"The cache folder .+ cannot be made: .+ Set PRODSIM_CACHE_DIR"):
        load_settings().folder("stores")


# replace and folder


def test_replace_changes_the_fields_named_and_keeps_the_others(settings, tmp_path):
    changed = settings.replace(encoder="pixels", cache_dir=tmp_path / "other")
    assert (changed.encoder, changed.cache_dir) == ("pixels", tmp_path / "other")
    assert (changed.weights_dir, changed.offline) == (settings.weights_dir, True)


def test_replace_with_none_changes_nothing(settings):
    assert settings.replace(catalog=None, encoder=None, offline=None) == settings


def test_replace_can_switch_off(settings):
    assert settings.replace(offline=False).offline is False


def test_replace_keeps_what_the_environment_says(monkeypatch):
    monkeypatch.setenv("PRODSIM_ENCODER", "pixels")
    assert load_settings().replace(offline=True).encoder == "pixels"


def test_replacing_the_cache_takes_weights_with_it_that_have_no_place_of_their_own(tmp_path):
    assert load_settings().replace(cache_dir=tmp_path).weights_dir == tmp_path / "weights"


def test_replace_validates(settings):
    with pytest.raises(ConfigError, match="PRODSIM_OFFLINE is 'maybe'"):
        settings.replace(offline="maybe")


def test_settings_cannot_be_changed_in_place(settings):
    with pytest.raises(ValueError, match="frozen"):
        settings.encoder = "pixels"


def test_a_folder_of_the_cache_is_made_when_it_is_asked_for(settings):
    assert not settings.cache_dir.exists()
    assert settings.folder("a", "b").is_dir()
    assert settings.folder("a", "b") == settings.cache_dir / "a" / "b"
